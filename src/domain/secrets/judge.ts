import { onFirstUse } from "./gate.ts";
import { isSecretLook, isStandIn, type Look, lookOf, trimSigns } from "./look.ts";
import type { NameKind, SecretName } from "./names.ts";
import { isDescribing, isFunctionWord, isOrdinary } from "./ordinary-words.ts";
import type { Secret } from "./secret.ts";
import type { Value } from "./value.ts";

/** How a name and its value are joined. `tight` is code, `set` and `said` are sentences, `beside` is only a space. */
export type Joint = "tight" | "set" | "said" | "beside";

/** A value that may be a secret, and what is known of it. */
interface Candidate {
  readonly text: string;
  readonly name: SecretName;
  readonly joint: Joint;
  readonly value: Value;
  /** The value without the signs of a sentence around it. */
  readonly word: string;
  readonly look: Look;
}

type Verdict = "certain" | "doubtful" | "no secret";

/** Returns the value of a name as a secret; undefined where it is none. */
export function judge(text: string, name: SecretName, joint: Joint, value: Value): Secret | undefined {
  const { start, end, isQuoted, isOpen } = value;
  const candidate = { text, name, joint, value, word: trimSigns(value.text), look: lookOf(value.text) };
  const verdict = isQuoted ? judgeQuoted(candidate) : judgeWord(candidate);
  if (verdict === "no secret" && !isCutPhrase(candidate)) return undefined;
  const rule = name.kind === "login" ? "login" : "named-secret";
  return { start, end, rule, isCertain: verdict === "certain" && !isOpen };
}

/** Whether a quote opens behind a password's name, and its end is missing. */
function isCutPhrase({ name: { kind }, joint, value: { isOpen }, look }: Candidate): boolean {
  return isOpen && joint !== "beside" && look !== "stand-in" && (kind === "password" || kind === "phrase");
}

function judgeQuoted({ name: { kind }, joint, value: { text }, look }: Candidate): Verdict {
  const words = text.trim().split(/\s+/u);
  const isOneWord = words.length === 1;
  if (isStandIn(text.trim()) || (look === "stand-in" && isOneWord)) return "no secret";
  if (isOneWord && isSecretLook(look)) return "certain";
  if (kind === "weak") return "no secret";
  if (joint === "beside") return isOneWord ? "no secret" : judgePhrase(kind, words);
  if (kind === "code" || kind === "token" || kind === "login")
    return isOneWord && isOrdinary(text) ? "no secret" : "certain";
  return "certain";
}

/** Judges several words in quotes behind a name: a passphrase, or what a program says of passwords. */
function judgePhrase(kind: NameKind, words: readonly string[]): Verdict {
  if (kind === "phrase") return "doubtful";
  const isMessage =
    kind === "token" || kind === "login" || words.filter(isOrdinary).length * 2 >= words.length;
  return isMessage ? "no secret" : "doubtful";
}

/** How sentences about passwords go on in languages without spaces between words. */
const RULE_WORDS =
  /^(?:长度|至少|最少|最多|必须|不能|不可|需要|请|字段|错误|为空|長さ|文字|必須|최소|최대|반드시)/u;

function judgeWord(candidate: Candidate): Verdict {
  const { name, word, look } = candidate;
  if (look === "stand-in" || (name.isUnspaced && RULE_WORDS.test(word))) return "no secret";
  if (name.kind === "login") return judgeLogin(candidate);
  if (isSecretLook(look)) return judgeMixed(candidate);
  if (/^[\d\s-]+$/u.test(word)) return judgeNumber(candidate);
  if (name.kind === "weak" || name.kind === "code" || !/\p{L}/u.test(word)) return "no secret";
  return judgePlain(candidate);
}

function judgeMixed({ text, name: { kind }, joint, value, word, look }: Candidate): Verdict {
  if (kind === "phrase") return "doubtful";
  if (kind !== "weak") return continues(text, value.end) ? "doubtful" : "certain";
  if (joint === "tight" || (joint === "set" && word.length >= 6)) return "certain";
  return joint === "beside" && look === "strong" ? "doubtful" : "no secret";
}

const NEXT =
  /^(?:[ \t]{1,4}(?:and|und|or|oder|et|ou|y|e|i|och|en|и)[ \t]{1,4}(?<listed>\S{1,100})|[ \t]{1,4}(?<next>\S{1,100}))/iu;

/** Whether more of the secret may follow: signs or numbers that no sentence has there. */
function continues(text: string, end: number): boolean {
  const { listed, next = listed } = NEXT.exec(text.slice(end, end + 120))?.groups ?? {};
  if (next === undefined) return false;
  if (isSecretLook(lookOf(next))) return !/^[-\w]{0,30}[=:]/u.test(next);
  if (listed !== undefined || /[,;.)\]}"'”»]$/u.test(text.slice(end - 1, end))) return false;
  return /^[^\p{L}\s|\\;<>—–-]{1,8}$/u.test(next) && next !== "&&";
}

/** The fewest digits of a secret, by kind and by whether only a space is between it and its name. */
const MIN_DIGITS: Readonly<Partial<Record<NameKind, { readonly beside: number; readonly joined: number }>>> =
  {
    code: { beside: 4, joined: 3 },
    password: { beside: 4, joined: 4 },
    pass: { beside: Number.POSITIVE_INFINITY, joined: 4 },
    phrase: { beside: 6, joined: 1 },
    token: { beside: 8, joined: 8 },
  };

function judgeNumber({ name: { kind }, joint, word }: Candidate): Verdict {
  const least = MIN_DIGITS[kind]?.[joint === "beside" ? "beside" : "joined"] ?? Number.POSITIVE_INFINITY;
  if (word.replaceAll(/\D/gu, "").length < least) return "no secret";
  return kind === "phrase" ? "doubtful" : "certain";
}

/** Ordinary words that are passwords all too often. */
const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  "admin test secret password root guest default letmein welcome master demo geheim passwort toor".split(" "),
);

/** Judges a word that could be any word. It is never sure that it is a secret. */
function judgePlain(candidate: Candidate): Verdict {
  const { text, name, joint, value, word } = candidate;
  if (joint === "tight") return word.length < 3 && name.kind === "token" ? "no secret" : "doubtful";
  if (joint !== "beside") return isSaidWord(candidate) ? "doubtful" : "no secret";
  const isNext = text.slice(name.end, value.start).trim() === "";
  if (name.kind === "phrase")
    return isNext && isOfSeveralWords(text, value.start, isDescribing) ? "doubtful" : "no secret";
  const isOfDevices = isNext && /community/iu.test(text.slice(name.start, name.end));
  const isUsed =
    name.kind === "password" && !isOrdinary(word) && (isOfDevices || isUsedWith(text, value.start));
  return isUsed ? "doubtful" : "no secret";
}

function isSaidWord({ text, name: { kind, isUnspaced }, joint, value, word }: Candidate): boolean {
  if (isUnspaced && joint === "said" && !/[!-~]/u.test(word)) return false;
  if (COMMON_PASSWORDS.has(word.toLowerCase()) || (!isOrdinary(word) && word.length > 2)) return true;
  return (
    (kind !== "token" && isOfSeveralWords(text, value.start)) || (kind === "phrase" && isFunctionWord(word))
  );
}

/**
 * Whether the words up to the end of the clause make no sentence, as the words of a passphrase. Right behind the name,
 * ordinary words are what the sentence is about, except for those that may describe one: `correct horse battery`.
 */
function isOfSeveralWords(text: string, start: number, isIgnored?: (word: string) => boolean): boolean {
  const clause = /^[^\n.,;!?()]{1,100}/u.exec(text.slice(start, start + 100))?.[0] ?? "";
  const all = clause.trim().split(/\s+/u);
  const end = all.findIndex(isFunctionWord);
  const words = end < 0 ? all : all.slice(0, end);
  if (words.length < 3 || words.length > 12 || !words.every((word) => /^\p{L}+$/u.test(word))) return false;
  const ordinary = words.filter((word) => isOrdinary(word) && !isIgnored?.(word)).length;
  return ordinary <= (isIgnored === undefined ? words.length / 3 : 0);
}

const USED_WITH =
  /\b(?:with|using|use|und|mit|avec|con|com|met|z|med|and|user|username|s|с|С)\s{1,3}(?:(?:the|a|my|dem|le|la|el|o|het)\s{1,3})?\S{1,30}\s{1,4}$/i;

/** `log in with the password sunshine`, `mit Passwort Sonne`. */
function isUsedWith(text: string, start: number): boolean {
  return USED_WITH.test(text.slice(Math.max(0, start - 70), start));
}

/** Names of logins that are followed by a login more often than by anything else. */
const LISTED = /cred|daten|auth|identifiant|inlog|logow|данн/iu;

/** `with admin and sunshine` at the end of a sentence. */
const KNOWN_USER =
  /(?:^|\s)(?:with|mit|avec|con|com|met|as|:)?\s?(?:admin|administrator|root|postgres|guest|sa|user|demo|ubuntu)\s(?:and|und|et|y|e|en)\s\S{4,40}(?:\s(?:an|ein))?[.!]?$/iu;

/** Names that examples and teams give to users. */
const USERS = onFirstUse(
  () =>
    new Set(
      (
        "alice bob carol carlos charlie dave david eve erin frank grace heidi mallory oscar peggy peter sybil trent trudy victor walter " +
        "john jane joe jack james jim mike mary maria max anna ann ben chris dan emma eric felix hans julia karl kim laura lisa lucas " +
        "mark martin michael nina otto paul paula rob robert sam sara sarah steve susan thomas tim tom"
      ).split(" "),
    ),
);

/** `with alice and sunshine`: a user and a word at the end of a clause. */
const USER_AND_WORD =
  /^(?:(?:with|as|mit|avec|con|com|met)\s)?(?<user>[a-z]{2,12})\s(?:and|und|et|y|e|en)\s(?:the\s)?(?<word>\p{L}{4,40})(?=[.,;!]?$|[.,;!]\s|\s(?:for|on|at|to|in|against|please|then|an|ein)\b)/iu;

/** Whether a clause has a user's name and a word that is no other user's, and that sentences about logins do not have. */
function isOfUser(clause: string, last: string): boolean {
  if (KNOWN_USER.test(clause)) return !isOrdinary(last);
  const { user = "", word = "" } = USER_AND_WORD.exec(clause)?.groups ?? {};
  const isUser = (name: string) => USERS().has(name.toLowerCase());
  return isUser(user) && !isUser(word) && !isOrdinary(word);
}

/** Judges a user's name and a password: `creds: bob / Sommer2024`, `log in as bob with hunter2x`. */
function judgeLogin({ text, name, joint, value: { start } }: Candidate): Verdict {
  const clause = /^[^\n]{1,120}/u.exec(text.slice(start, start + 120))?.[0] ?? "";
  const words = clause.split(/[\s/:,]+/u).slice(0, 8);
  const written = text.slice(name.start, name.end);
  const isPair = /^[\w.@-]{2,40}\s{0,2}(?:\/|:(?!\/))\s{0,2}\S{3,}/u.test(clause) || KNOWN_USER.test(clause);
  const isListed = LISTED.test(written);
  const isJoined = joint !== "beside";
  if (words.some((word) => isSecretLook(lookOf(word)))) {
    const isUsed = /\b(?:with|mit|avec|con|com|met|and|und)\b/iu.test(clause);
    return isJoined || isPair || isListed || isUsed ? "doubtful" : "no secret";
  }
  if (isOfUser(clause, words.at(-1) ?? "")) return "doubtful";
  const isSaid = isJoined
    ? isPair || (isListed && !/auth/iu.test(written))
    : /^[\w.@-]{2,40}:(?![\d/])\S{3,}$/u.test(clause.split(/\s/u)[0] ?? "");
  return isSaid && !words.slice(0, 2).every((word) => isOrdinary(word) && word !== "admin")
    ? "doubtful"
    : "no secret";
}
