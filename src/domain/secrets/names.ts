import type { Gate } from "./gate.ts";

/** What the name of a secret says about the word after it. */
export type NameKind =
  /** A password: any word may be one, and any number. */
  | "password"
  /** A key or a token: it looks like one. */
  | "token"
  /** Several words, such as a passphrase. */
  | "phrase"
  /** A number. */
  | "code"
  /** The word pass: a password only in code, and after a user. */
  | "pass"
  /** A word that has other meanings: only what looks like a secret is one, right behind the name. */
  | "weak"
  /** A name with a password behind it. */
  | "login";

export interface SecretName {
  readonly kind: NameKind;
  readonly start: number;
  readonly end: number;
  /** The language writes no spaces between words. */
  readonly isUnspaced: boolean;
}

/** Letters and digits of languages with spaces between words, in small letters, for a class of characters. */
export const WORD = "a-z0-9\\u00c0-\\u1fff";

const KEY = "[-_ ]{0,2}keys?";

/**
 * Names of one kind as a regular expression, and parts of words, in small letters. Every name has one of the parts, so a
 * text without them needs no search for these names. Making all of this ready for a search takes longer than everything
 * else that a short message needs.
 */
type Row = readonly [parts: string, source: string];
type Table = Readonly<Partial<Record<NameKind, readonly Row[]>>>;

/** The words for secrets in the languages of users; each may end another word: `DB_PASSWORD`. */
const ENDINGS: Table = {
  phrase: [
    [
      "pass,answer,seed,recovery,mnemonic,secret,backup,wallet,wachtzin",
      "pass[-_ ]?(?:phrase|sentence)s?|(?:secret|security)[-_ ]answers?|(?:seed|recovery|mnemonic|secret|backup|wallet)[-_ ](?:phrase|words?|codes?)|mnemonic|wachtzin",
    ],
    [
      "phrase secr,frase ,losungswort,парольн,кодов,сид",
      "phrase secr[eè]te|frase (?:de contrase[a-zà-ž]{0,12}|secreta|segreta|di accesso|semilla)|losungswort|парольн[а-яёіїєґ]{0,12} фраз[а-яёіїєґ]{0,12}|кодов[а-яёіїєґ]{0,12} слов[а-яёіїєґ]{0,12}|сид[- ]фраз[а-яёіїєґ]{0,12}",
    ],
  ],
  password: [
    [
      "pass,pswd,psswd,word,wort,w0rd,w0rt,wörd,wört,wórd,wórt,wôrd,wôrt,wørd,wørt,community,kennw,zugangs",
      "(?:ssh|db|user|my|key|store|root|smtp|mail|ftp|admin|http|proxy|redis|mysql|pg)pass|passwords?|passwd|passw[rd]{0,2}|pass[-_]?word|pass[-_]?codes?|pswd|psswd|passwort(?:s|es)?|passw[öo]e?rter|p[a@4äàáâãå](?:[s$5]{2}|ß)w[o0öóôø]r[dt](?:e?s)?|snmp[-_ ]?community(?:[-_ ]strings?)?|community[-_ ]strings?|kennw[oö]e?rt(?:er|es|s)?|zugangscode|zugangswort",
    ],
    [
      "de passe,contrase,palabra de paso,parola d,palavra,wachtwoord,toegangscode",
      "mots? de passe|contrase(?:ñ|n\\u0303|n)as?|contrasen[a-zà-ž]{0,12}|palabra de paso|parola d['’]ordine|palavras?[- ]passe|wachtwoord(?:en)?|toegangscode",
    ],
    [
      "hasł,hasl,hesl,gesl,lozink,zaporka,jelsz,senord,passord,adgangskode,kodeord,salas,slapta,parool,lykilor",
      "has(?:ł|l)(?:o|a|em|u|e)|hesl(?:o|a|em|u|e)|gesl(?:o|a|om)|lozink[a-zà-ž]{1,2}|zaporka|jelsz(?:ó|av)[a-zà-ž]{0,4}|l(?:ö|o\\u0308)senord(?:et)?|passord(?:et)?|adgangskode(?:n)?|kodeord(?:et)?|salasana(?:n)?|salas(?:õ|o)na|slapta(?:ž|z)od[a-zà-ž]{1,3}|parool(?:i)?|lykilor(?:ð|d)",
    ],
    [
      "ifre,t kh,kata sandi,kata laluan,pasahitza,contrasinal",
      "(?:ş|s)ifre(?:si|niz|m|n)?|m(?:ậ|a)t kh(?:ẩ|a)u|kata sandi|kata laluan|pasahitza|contrasinal",
    ],
    [
      "парол,лозинк,құпия,κωδικ,συνθηματικ",
      "парол[а-яёіїєґ]{0,3}|лозинк[а-яёіїєґ]{1,2}|құпия ?сөз|κωδικ(?:ός|ο|ό)[ά-ώ]{0,2}(?: πρόσβασης)?|συνθηματικ[ά-ώ]{1,2}",
    ],
    [
      "كلمة,סיסמ,رمز عبور,گذرواژه,पासवर्ड,รหัสผ่าน,পাসওয়ার্ড,கடவுச்சொல்",
      "كلمة (?:المرور|السر|سر|مرور)|סיסמ(?:ה|א|ת)[א-ת]{0,2}|رمز عبور|گذرواژه|पासवर्ड|รหัสผ่าน|পাসওয়ার্ড|கடவுச்சொல்",
    ],
  ],
  token: [
    [
      "key",
      `(?:api|app|access|secret|private|encryption|decryption|signing|master|auth|authorization|account|storage|ssh|deploy(?:ment)?|service|client|subscription|licen[cs]e|shared|webhook|session|hmac|jwt|pgp|gpg|bot|admin|root|write|read|ingest|personal|project|publishable|consumer|function|host|activation|product|recovery|wifi|wpa|wpa2|network|security|cipher|crypto)${KEY}`,
    ],
    [
      "key,token,t0ken,tok3n,t0k3n,secret,s3cret,secr3t,s3cr3t,seed,bearer,geheim,jeton,токен,секрет,segreto,segredo,sekret",
      "apikeys?|t[o0]k[e3]ns?|s[e3]cr[e3]ts?|(?:otp|totp|2fa|mfa)[-_ ](?:seeds?|secrets?|keys?)|secret[-_ ]?access[-_ ]?key|client[-_ ]?secret|bearer|credentials?[-_ ]?secret|private[-_ ]?token|auth[-_]?token|geheimnis(?:ses)?|geheimtext|zugriffstoken|zugangstoken|jetons?|tokenu|tokena|токен[а-яёіїєґ]{0,3}|секрет[а-яёіїєґ]{0,3}|secreto|segreto|segredo|sekret(?:u)?",
    ],
    [
      "schl,clé,cle\u0301,cle ,cles ,clave,chave,chiave,llave,sleutel,klucz,ключ",
      "(?:zugangs|api[- ]?|zugriffs|lizenz|sicherheits)schl(?:ü|u\\u0308|ue)ssel|cl(?:é|e\\u0301|e)s? (?:d['’](?:api|acc[eè]s)|de l['’]api|api|secr[eè]te|priv[eé]e)|(?:clave|chave|chiave|llave)s? (?:de |di |da |do |della? |dell['’]|d['’])?(?:la |l['’])?(?:api|secreta|segreta|privada|privata|accesso|acceso|acesso)|api[- ]?sleutel|geheime sleutel|klucz(?:a|em)? (?:api|prywatny|tajny|dostępu)|(?:api|секретн[а-яёіїєґ]{0,12}|приватн[а-яёіїєґ]{0,12})[- ]?ключ[а-яёіїєґ]{0,3}|ключ[а-яёіїєґ]{0,3} (?:api|апи|доступа)",
    ],
    ["conn,authorization,x-auth,dsn", "conn(?:ection)?[-_ ]?str(?:ing)?|authorization|x-auth|\\bdsn"],
  ],
  code: [
    [
      "2fa,mfa,otp,verification,security,one-time,one time,auth,login,access,confirmation,backup,sms,unlock,door,alarm,entry,pairing,activation,geheimzahl,code secret,code d,codice,digo ,pincode,pin code,pin-code,nummer,код доступа,пин",
      "(?:2fa|mfa|totp|otp|verification|security|one[- ]time|auth(?:entication)?|login|access|confirmation|backup|sms|unlock|door|alarm|entry|pairing|activation)[-_ ](?:codes?|pass(?:word|code)?s?|pins?)|unlock (?:pattern|screen|phone) codes?|geheimzahl|code secret|code d['’]acc[eè]s|codice (?:segreto|pin|di accesso)|c[oó]digo (?:secreto|de acceso|pin|de acesso)|toegangspincode|pincode|pin[- ]?code|код доступа|пин[- ]?код|pin[- ]?nummer",
    ],
  ],
};

/** Words that are names of secrets only if they stand alone or behind `_`. */
const WHOLE: Table = {
  password: [["pw,psw,mdp,senha,clave,parol,pass", "pwd|pw|psw|mdp|senhas?|clave|parol[aăe]|pass['’]?wd"]],
  pass: [["pass", "pass"]],
  code: [["pin,otp,cvv,cvc,tan", "pin|otp|cvv|cvc|tan|totp"]],
  weak: [
    [
      "key,auth,sid,session,cookie,salt,sig,schl,sleutel,klucz,clé,chiave,chave,ключ,sandi,code,psk",
      "key|auth|sid|session[-_]?id|jsessionid|phpsessid|cookie|salt|sig|signature|schlüssel|sleutel|klucz[a-zà-ž]{0,2}|clé|chiave|chave|ключ[а-яёіїєґ]{0,2}|sandi|code|psk",
    ],
  ],
  login: [
    [
      "cred,log,sign,auth,melde dich,anmeld,connecte,inicia,accedi,zugangsdaten,connexion,вход,identifiant,данн,přihla",
      "creds?|credentials?|log(?:ged|ging)?[-_ ]?(?:in|on)(?:s|to)?|sign(?:ed|ing)?[-_ ]?in(?:to)?|(?:basic|http|digest)[-_ ]?auth(?:entication)?|melde dich|(?:an|ein)loggen|anmelden|connecte[rz]?(?:[- ](?:toi|vous))?|inicia(?:r)? sesión|accedi|zugangsdaten|anmeldedaten|logindaten|anmeldung|connexion|inloggen|logowanie|вход|identifiants?|credencia(?:l|les|is)|credenziali|inloggegevens|учётн[а-яёіїєґ]{0,12} данн[а-яёіїєґ]{0,12}|учетн[а-яёіїєґ]{0,12} данн[а-яёіїєґ]{0,12}|dane logowania|přihlašovací údaje",
    ],
  ],
};

/** Words of languages without spaces between words. */
const UNSPACED: Table = {
  password: [
    [
      "密,口令,パスワード,暗証番号,言葉,비밀,암호,비번,패스워드,통행증",
      "密[码碼]|口令|パスワード|暗証番号|合い?言葉|비밀\\s?번호|암호|비번|패스워드|통행증",
    ],
  ],
  token: [
    [
      "密,秘,私,令牌,凭证,憑證,トークン,シークレット,キー,토큰,키,시크릿",
      "密[钥鑰]|秘[钥鑰密]|私[钥鑰]|令牌|凭证|憑證|トークン|秘密鍵|シークレット|(?:api|ａｐｉ)\\s?キー|アクセスキー|토큰|(?:api|비밀|액세스)\\s?키|시크릿",
    ],
  ],
  phrase: [["助,パスフレーズ", "助记词|助記詞|パスフレーズ"]],
  code: [["验证码,驗證碼,認証コード,인증", "验证码|驗證碼|認証コード|인증\\s?번호"]],
  login: [["账号,賬號,帳號,ログイン,로그인", "账号|賬號|帳號|ログイン情報|로그인\\s?정보"]],
};

/** What may follow the name in the same word: `PASSWORD_PROD`, `token2`. */
const SUFFIX =
  "(?:[-_]?(?:\\d{1,3}|prod|production|dev|development|test|testing|staging|stage|local|live|value|default|old|new|root|admin|user|db|main|master|text|plain|plaintext|str|string|raw|current|confirm|confirmation|repeat|again|base|base64|b64|id(?=[-_]?(?:and|secret))|key|secret|token)(?![a-z])){0,3}";

const KINDS: readonly NameKind[] = ["phrase", "code", "token", "password", "pass", "weak", "login"];

/** All rows, each with the group that stands for its kind. */
export const ROWS = (
  [
    ["e", ENDINGS],
    ["w", WHOLE],
    ["u", UNSPACED],
  ] as const
).flatMap(([place, table]) =>
  KINDS.flatMap((kind) =>
    (table[kind] ?? []).map(([parts, source]) => ({ place, kind, parts: parts.split(","), source })),
  ),
);

/** Returns the rows whose names a folded text may have. */
function rowsIn(folded: string, gate: Gate): typeof ROWS {
  return ROWS.filter(({ parts }) => gate(parts.some((part) => folded.includes(part))));
}

/** The patterns that were needed, by their rows. */
const PATTERNS = new Map<string, RegExp>();

function patternOf(rows: typeof ROWS): RegExp {
  const key = rows.map((row) => ROWS.indexOf(row)).join();
  const known = PATTERNS.get(key) ?? makePattern(rows);
  PATTERNS.set(key, known);
  return known;
}

function makePattern(rows: typeof ROWS): RegExp {
  const named = (place: string) =>
    KINDS.flatMap((kind) => {
      const sources = rows
        .filter((row) => row.place === place && row.kind === kind)
        .map(({ source }) => source);
      return sources.length === 0 ? [] : [`(?<${place}${kind}>${sources.join("|")})`];
    });
  const whole = named("w").join("|");
  const spaced = [...named("e"), ...(whole === "" ? [] : [`(?<![${WORD}])(?:${whole})`])].join("|");
  const all = [
    ...(spaced === "" ? [] : [`(?:${spaced})${SUFFIX}(?![${WORD}]|[-_](?!-)[${WORD}])`]),
    ...named("u"),
  ];
  return new RegExp(all.join("|"), "gu");
}

/**
 * The text in small letters, each in the place it had. Patterns for small letters alone are ready to use in a fraction
 * of the time of patterns for both. Wide letters and signs, which keyboards for Chinese and Japanese write, are those of
 * other keyboards, and Cyrillic letters within a Latin word are the Latin ones that they look like.
 */
export function fold(text: string): string {
  return isAscii(text) ? text.toLowerCase() : foldWide(text);
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}

function foldWide(text: string): string {
  return text
    .replaceAll("İ", "i")
    .replaceAll(/[！-～]/gu, toNarrow)
    .toLowerCase()
    .replaceAll(/(?<=[a-z])[аеорсухі]{1,4}|[аеорсухі]{1,4}(?=[a-z])/gu, toLatin);
}

/** Cyrillic letters beside Latin ones, which a reader cannot tell from those. */
function toLatin(letters: string): string {
  return Array.from(letters, (letter) => "aeopcyxi"["аеорсухі".indexOf(letter)] ?? letter).join("");
}

function toNarrow(wide: string): string {
  return String.fromCharCode(wide.charCodeAt(0) - 0xfee0);
}

/** Finds the names of secrets in a folded text: words such as password, in many languages, and variables such as DB_PASSWORD. */
export function* secretNames(folded: string, gate: Gate): Generator<SecretName> {
  const rows = rowsIn(folded, gate);
  if (rows.length === 0) return;
  for (const { 0: name, index, groups = {} } of folded.matchAll(patternOf(rows))) {
    const [group = "epassword"] = Object.keys(groups).filter((each) => groups[each] !== undefined);
    yield {
      kind: group.slice(1) as NameKind,
      start: index,
      end: index + name.length,
      isUnspaced: group.startsWith("u"),
    };
  }
}
