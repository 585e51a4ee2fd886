import { type Gate, onFirstUse } from "./gate.ts";
import { type Joint, judge } from "./judge.ts";
import { isSecretLook, lookOf } from "./look.ts";
import { fold, type SecretName, secretNames, WORD } from "./names.ts";
import { isFunctionWord, isOrdinary } from "./ordinary-words.ts";
import type { Secret } from "./secret.ts";
import { endOf, readValue, valueInTag } from "./value.ts";

/** Finds what stands after, or before, the name of a secret. */
export function findNamed(text: string, gate: Gate): Secret[] {
  const found: Secret[] = [];
  const folded = fold(text);
  let done = 0;
  for (const name of secretNames(folded, gate)) {
    if (name.start < done || !isSecretPass(folded, name)) continue;
    const secret = after(text, folded, name) ?? before(text, folded, name);
    if (secret === undefined) continue;
    found.push(secret);
    done = Math.max(done, secret.end);
  }
  return found;
}

/** Whether the word pass is the name of a secret: in code, after a user, and where it has a new value. Elsewhere it is a verb. */
function isSecretPass(folded: string, { kind, start, end }: SecretName): boolean {
  if (kind !== "pass") return true;
  const isCode =
    /[\w."'`{,;&|-]$|^$/u.test(folded.slice(Math.max(0, start - 1), start)) ||
    /^["'`]?=/u.test(folded.slice(end, end + 2));
  const lead = folded.slice(Math.max(0, start - 60), start);
  if (isCode || AFTER_USER.test(lead)) return true;
  if (OWNED.test(lead) && endOf(passSaid(), folded, end) !== undefined) return true;
  const word = OWNER.test(lead) ? PASS_IS_WORD.exec(folded.slice(end, end + 80))?.groups?.word : undefined;
  return word !== undefined && !isOrdinary(word) && !OF_COMPILERS.test(word);
}

/** A pass that somebody has, and not one of several. */
const OWNER = /\b(?:my|our|your|his|her|its|(?:the|my|our|your)\s(?:new|old|current)|db|wi-?fi)\s{1,3}$/u;

/** A word that ends a clause, behind `pass is` or `pass:`. */
const PASS_IS_WORD =
  /^(?:\s{1,3}(?:is|was)(?:\s(?:now|still))?|\s?:)\s{1,3}(?<word>\p{L}{4,40})(?=[.,;!]?$|[.,;!]?\s{0,3}\n|[.,;]\s|\s(?:and|then|now|please|so|but)\b)/u;

/** What the pass of a compiler is like, or what it does. */
const OF_COMPILERS =
  /(?:ic|al|ar|ary|ent|ant|est|ise|ize|ion|ism)$|^(?:faster|slower|cheaper|cheap|quicker|green|done|buggy|noisy|flaky|sound|unsound|complete|lazy|eager|pure|cubic|merged|landed|overkill|mandatory|opaque|greedy|tricky|naive|costly|idle|redundant|fragile|brittle|pointless|harmless|worthless|useless|inlin\w{0,4}|licm|mem2reg)$/u;

/** Not `the second pass was changed to x`, which is of a compiler. */
const OWNED = /(?:^|[.,;:!?\n]\s{0,3}|\b(?:the|my|our|your|his|her|its|new|old|current|db|wifi))\s{0,3}$/u;

const AFTER_USER = /\b(?:user(?:name)?|login|admin|root|account|with|mit)\b[^\n]{0,40}$/u;

/** Quotes and brackets that may end the name: `"password":`, `env["TOKEN"] =`, `**password**:`. */
const CLOSERS = "[\\\\\"'`´’”»」』)\\]*_]{0,4}\\??";

/** How a secret is said to have a new value. */
const CHANGED =
  "(?:(?:(?:is|was|has|had|got)\\s{1,4}(?:now\\s{1,4}|just\\s{1,4}|been\\s{1,4}){0,2})?(?:changed|set|reset|updated|rotated|switched)\\s{1,4}to|(?:wurde|ist)\\s{1,4}(?:jetzt\\s{1,4})?(?:auf|zu|in)|a été (?:changé|mis|modifié|remplacé)e?s? (?:en|à|par)|(?:ha sido |fue |se )?(?:cambi(?:ó|ad[oa])|mudou|alterad[oa]|foi alterad[oa]) (?:a|por|para))";

/** How a word is said to be a secret, in the languages of the names. */
const SAID = `(?:${CHANGED}|is|was|are|be|c['’]est|equals?|ist|lautet|war|heißt|wäre|est|était|sera|es|era|será|è|é|eh|foi|jest|było|je|byl[oa]?|bylo|oli|(?<=hasł[oa](?:\\s{1,4}\\S{1,20}){0,2}\\s{1,4})to|(?<=salasana\\s{1,4})on|är|er|var|este|является|это|был[оа]?|є|είναι|هو|هي|היא|הוא|है|là|adalah|ialah|olan)`;

const passSaid = onFirstUse(
  () =>
    new RegExp(
      `\\s{1,4}${CHANGED}\\s|\\s{1,4}(?:is|was)\\s{1,4}(?:now\\s{1,4})?(?=[^\\s\\d]{1,30}\\d)`,
      "uy",
    ),
);

/** Languages without spaces between words: `密码是hunter2`. */
const SAID_UNSPACED = "(?:は|が|为|為|是|设为|設為|改为|改成|等于|就是|는|은|이|가)(?!否|不|什|哪|空|谁)";

/** Words that give a name its value, and mean other things, too: `set the password to x`. */
const GIVEN =
  "(?:to|as|of|with|called|named|using|auf|zu|als|à|a|en|como|para|come|na|in|naar|til|till|на|как|=)";

const FILLER =
  "(?:\\s{1,4}(?:set to|set|equal to|now|currently|still|just|simply|literally|always|only|jetzt|aktuell|einfach|maintenant|ahora|agora|adesso|теперь|nu|teraz))?";

/** A word between name and value: `the password for the staging server is x`. */
const BETWEEN =
  "(?:\\s{1,4}(?!(?:it|that|which|this|so|and|but|or|because|if|when|there|and|dass|das|que|et|und|y|e)\\s)[^\\s!?;,:=()]{0,39}[^\\s.!?;,:=()]){1,9}?";

const PREPOSITION =
  /^\s{1,4}(?:for|of|on|in|to|from|at|we|i|you|used|für|von|vom|zum|zur|des|der|auf|im|pour|de|du|des|d['’]|sur|del|para|do|da|no|na|di|della|per|voor|van|dla|do|pro|för|til|till|для|от|к|на)(?![a-z0-9\u00c0-\u1fff])/u;

const joints = onFirstUse((): readonly (readonly [Joint, RegExp])[] => [
  // A type between a variable and its value.
  ["set", /(?:\s{0,2}:|\s)\s{0,4}[a-z][\w<>[\]?.]{0,30}\s{0,4}=\s{0,4}(?=["'`])/uy],
  ["tight", new RegExp(`${CLOSERS}(?::?=|={1,3}|＝)(?![=>])[|>+-]{0,2}`, "uy")],
  [
    "set",
    new RegExp(
      `${CLOSERS}\\s{0,8}(?::=|=>|->|→|⇒|➜|＝|：|={1,3}|:(?!:)|—|–|\\|)(?:\\s{0,3}[|>][+-]?(?=\\s{0,3}\\n))?\\*{0,2}\\s{0,40}`,
      "uy",
    ),
  ],
  ["set", new RegExp(`${CLOSERS}\\s{1,2}-{1,2}\\s{1,2}`, "uy")],
  ["set", new RegExp(`${CLOSERS}\\s{0,4}[,(]\\s{0,4}(?=\\\\?["'\`])`, "uy")],
  ["said", new RegExp(`${CLOSERS}\\s{1,4}${SAID}(?![${WORD}])${FILLER}\\s{0,4}[:,]?\\s{1,4}`, "uy")],
  ["said", new RegExp(`${CLOSERS}\\s{0,2}${SAID_UNSPACED}[:：]?\\s{0,4}`, "uy")],
  [
    "beside",
    new RegExp(`${CLOSERS}(?:\\s{1,4}(?:(?:should|must|will|shall|can) be|${GIVEN})|['’]s)\\s{1,4}`, "uy"),
  ],
  ["beside", new RegExp(`${CLOSERS}(?:\\s{1,40}|[?,]\\s{1,4}|\\s{0,2}\\(\\s{0,4})`, "uy")],
]);

const far = onFirstUse(
  () =>
    new RegExp(
      `${BETWEEN}(?:\\s{1,4}${SAID}(?![${WORD}])${FILLER}\\s{0,4}:?\\s{1,4}|\\s{0,3}(?::|：|=|->|→|—)\\s{1,4})`,
      "uy",
    ),
);

/** A kind of login between the name and the value: `Authorization: Bearer x`. */
const SCHEME =
  /(?:bearer|basic|token|digest|apikey|api-key|bot|key|jwt|oauth|negotiate|ssws|splunk|hmac)[\s:]{1,4}(?=[^\s=])/uy;

/** `$DB_PASSWORD` has its value elsewhere. */
const REFERENCE = /\$\{?\w{0,40}$/u;

function after(text: string, folded: string, name: SecretName): Secret | undefined {
  const inTag = valueInTag(text, name);
  if (inTag !== undefined) return judge(text, name, "tight", inTag);
  const isReference = REFERENCE.test(folded.slice(Math.max(0, name.start - 60), name.start));
  for (const [joint, pattern] of joints()) {
    const end = endOf(pattern, folded, name.end);
    if (end === undefined || (joint === "beside" && isReference)) continue;
    const value = readValue(text, endOf(SCHEME, folded, end) ?? end, name.isUnspaced);
    const secret = value && judge(text, name, jointOf(text, folded, name, joint), value);
    if (secret !== undefined || joint !== "beside") return secret;
  }
  if (name.kind === "weak" || isReference) return undefined;
  return farAfter(text, folded, name) ?? behindOneWord(text, folded, name);
}

/** The end of a name such as DB_PASSWORD. */
const ENVIRONMENT_NAME = /^_[A-Z0-9_]+$/u;

const OPTION = /(?:^|[\s"'`([])-{1,2}[\w-]{0,40}$/u;

const GIVES =
  /\b(?:set|change|reset|update|make|setze|ändere|stell|cambia|imposta|mets|change[rz]?|altere|mude|zmień|ustaw|wijzig|zet|смени|поменяй|установи)\b[^.!?\n]{0,40}$/u;

const GIVEN_AFTER = new RegExp(`${CLOSERS}\\s{1,4}${GIVEN}\\s`, "uy");

/** `--password x` is as good as `--password=x`, except that a sentence may follow. `set the password to x` says it. */
function jointOf(text: string, folded: string, { start, end }: SecretName, joint: Joint): Joint {
  if (joint === "set" && ENVIRONMENT_NAME.test(text.slice(Math.max(0, start - 1), end))) return "tight";
  if (joint !== "beside") return joint;
  const lead = folded.slice(Math.max(0, start - 60), start);
  if (OPTION.test(lead)) return "set";
  return GIVES.test(lead) && endOf(GIVEN_AFTER, folded, end) !== undefined ? "said" : "beside";
}

/** `password admin hunter2x`: one word is between them. */
const ONE_WORD = new RegExp(`\\s{1,4}[${WORD}-]{2,20}\\s{1,4}(?=\\S)`, "uy");

function behindOneWord(text: string, folded: string, name: SecretName): Secret | undefined {
  const end = name.kind === "password" ? endOf(ONE_WORD, folded, name.end) : undefined;
  const value = end === undefined ? undefined : readValue(text, end, false);
  return value && isSecretLook(lookOf(value.text)) ? judge(text, name, "beside", value) : undefined;
}

function farAfter(text: string, folded: string, name: SecretName): Secret | undefined {
  const end = endOf(far(), folded, name.end);
  const value = end === undefined ? undefined : readValue(text, endOf(SCHEME, folded, end) ?? end, false);
  if (value === undefined) return undefined;
  const isOfName = PREPOSITION.test(folded.slice(name.end, name.end + 16));
  return isOfName || isSecretLook(lookOf(value.text)) ? judge(text, name, "said", value) : undefined;
}

const LINK_WORDS = "is|as|for|ist|als|für|es|como|est|comme|pour|è|come|é|jest|jako|это|как|to|=";

/** Cheap, and true of every text that ends as `beforeName` wants. */
const LINK = new RegExp(`\\s(?:${LINK_WORDS})\\s`, "u");

/** How a word is said to be a secret that is named after it: `use hunter2x as the password`. */
const beforeName = onFirstUse(
  () =>
    new RegExp(
      `(?:^|[\\s(,;:])(?:["'\`“„«「](?<quoted>[^"'\`”“»」\\n]{3,200})["'\`”“»」]|(?<word>[^\\s"'\`]{4,200}))\\s{1,4}(?:${LINK_WORDS})\\s{1,4}(?:[${WORD}'’]{1,14}\\s{1,4}){0,3}$`,
      "u",
    ),
);

const BEFORE_UNSPACED = /(?<word>[!-~]{4,100})(?:是|为|が|は|를|을|이|가)[^!-~\s]{0,6}$/u;

function before(text: string, folded: string, name: SecretName): Secret | undefined {
  if (name.kind === "weak" || name.kind === "login") return undefined;
  const from = Math.max(0, name.start - 260);
  const lead = folded.slice(from, name.start);
  const near = lead.slice(-70);
  const isUnspaced = name.isUnspaced && /[!-~][^!-~]{1,8}$/u.test(near);
  const match = LINK.test(near) ? beforeName().exec(lead) : isUnspaced ? BEFORE_UNSPACED.exec(lead) : null;
  const { quoted, word: bare = quoted } = match?.groups ?? {};
  if (match === null || bare === undefined) return undefined;
  const start = from + match.index + match[0].indexOf(bare);
  const word = text.slice(start, start + bare.length);
  const isPhrase =
    quoted !== undefined &&
    /\s/u.test(quoted) &&
    name.kind !== "token" &&
    !quoted.split(/\s+/u).some(isFunctionWord);
  if (!isPhrase && !isSecretLook(lookOf(word))) return undefined;
  return { start, end: start + word.length, rule: "named-secret", isCertain: true };
}
