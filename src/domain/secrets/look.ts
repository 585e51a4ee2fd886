import { onFirstUse } from "./gate.ts";

/**
 * How much a word looks like a secret. `stand-in`: a variable, a type, code or dots in place of a secret. `plain`: words
 * and numbers. `mixed`: letters with digits or signs, as in a password. `strong`: more of that than any ordinary word.
 */
export type Look = "stand-in" | "plain" | "mixed" | "strong";

/** The longest word that is judged by its form, in characters. A longer word is no variable and no name. */
const MAX_WORD = 100;

/** Variables, code and dots that stand for a secret. */
const STAND_IN = [
  "\\$\\{[^}]*\\}?.*|\\$\\(.*|\\$[A-Z_][A-Z0-9_]*|\\$\\w*(?:[Pp]ass(?:word)?|[Tt]oken|[Ss]ecret|[Kk]ey|pwd?|[Vv]alue|user|[Nn]ame|env|var)",
  "%[A-Z_]+%|%[sdv]|:[a-z_]+|\\{\\{.*|\\{[A-Za-z_.]*\\}?|#\\{.*|@@?[a-z_]+@?@?|<[^>]*>?|\\[[A-Za-z_ -]*\\]?",
  // Code: a member, a chain of names, a call, a type with parameters.
  "(?:this|self|req|res|process|os|env|config|settings|ctx|context|props|state|import\\.meta|secrets|vars|github|vault|var|data|local|params|user)[.[].*",
  "[A-Za-z_]+(?:\\??\\.[A-Za-z_]+)+(?:\\(.*)?|[A-Za-z_.]+\\(.*|[A-Za-z_]\\w*(?:\\.\\w+)+\\(.*|[A-Za-z-]+=[\"'{]\\S*|[A-Za-z]+[<{].*|\\(\\)?.*=>.*",
  "[xX]{2,}|[*•.…_?=~–—-]+|\\*{2,}.*|0{3,}",
  // A value that a reader must change, and keys of a keyboard.
  "change[-_]?(?:me|this)|CHANGE[-_]?(?:ME|THIS)|(?:[Cc]trl|[Cc]ontrol|[Aa]lt|[Ss]hift|[Cc]md|[Mm]eta|[Ss]uper|[Oo]ption|[Ss]trg)(?:[+-][A-Za-z]{1,9})*[+-](?:[A-Za-z]{1,9}\\d{0,2}|[^\\s\\p{L}])",
  "(?:[Yy]our|YOUR|insert|enter|replace|example|sample|dummy|fake|[Pp]laceholder|redacted|REDACTED)(?:[-_ ][A-Za-z]+)+",
];

/** Types and values of code. */
const CODE_WORDS = new Set(
  (
    "string str text varchar char number int integer float boolean bool bytes buffer uint8array object array any unknown never " +
    "void null nil none undefined true false optional required nullable secretstr masked redacted hidden empty missing " +
    "new await async const let var function return class interface type typeof instanceof from import export require static " +
    "public private readonly self this super struct enum option result some todo tbd tba n/a"
  ).split(" "),
);

/** Words with digits in them that ordinary texts have. */
const TECHNICAL = [
  // Algorithms, protocols, platforms, libraries, and things that are counted.
  "(?:oauth|saml|openid|sha|md|base|utf|http|tls|ssl|es|ecma|ipv|x|hs|rs|ps|p|aes|rsa|ed|curve|secp|argon|pbkdf|bcrypt|rfc|iso|win|arm|amd|int|uint|float|uuid|web|log|neo|d|h|k|s|ec|i|l|a|v|r|g|b|py|python|node|java|php|ruby|go|react|vue|angular|next|nuxt|svelte|vite|webpack|postgres|pg|mysql|redis|mongo|css|html|jquery|bootstrap|qt|gtk|gpt|claude|llama|gemini|opus|sonnet|auth|blake|crc|xxh|fido|u|ws|wpa|cp|latin|big|q|fy|day|week|year|month|step|phase|part|test|case|version|level|tier|line|page|chapter|issue|pr|bug|task|ticket|rev|build|rc|beta|alpha|release|epic|sprint|item|col|row|tab|arg|param|var|ubuntu|debian|fedora|macos|ios|android)[-_.]?\\d{1,5}(?:[a-z]{0,2}|(?:[-_./][a-z]{0,6}\\d{0,5}){1,3})",
  "[124]fa|u2f|mp[34]|k8s|i18n|a11y|l10n|o11y|e2e|p2p|b2b|b2c|c2c|s2s|m2m|o365|m365|1password|auth0|k3s|h2o|n8n|x86_64|[a-z]\\d{1,2}",
  // Numbers with a unit, times, versions, dates and ordinals.
  "[~<>=^v]{0,2}\\d+(?:[.,:/x×-]\\d+)*(?:[%°€$+]|ms|s|m|h|d|w|min|secs?|hours?|days?|weeks?|[kmgt]i?b|k|px|r?em|v[hw]|fps|x|th|st|nd|rd|bits?|bytes?|[ap]m|[mg]?hz|db|usd|eur|[.-](?:rc|beta|alpha|x|next)[.-]?\\d*)?",
  "\\d{4}-\\d{2}-\\d{2}T[\\d:.]+(?:Z|[+-][\\d:]+)?|#\\d+|@[a-z-]+|0x[0-9a-f]{1,16}|[\\w-]+=[a-z]*|(?:localhost|[\\w-]+(?:\\.[\\w-]+)+):\\d{2,5}|[a-z]+(?:\\.(?:[a-z]+|\\d{1,4}))+|[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+",
  // Names of files, with a line and a column.
  "[\\w.+-]+\\.(?:[cm]?[jt]sx?|json[c5l]?|ya?ml|toml|mdx?|txt|py|rb|rs|go|java|kt|swift|cc?|h|cpp|hpp|cs|php|sh|bash|zsh|sql|s?css|html?|vue|svelte|env|lock|cfg|conf|ini|xml|[ct]sv|log|png|jpe?g|svg|gif|pdf|zip|gz|tar|tgz|pem|crt|cer|key|pub|p12|proto|graphql|tf|tfvars|ipynb|local|example|com|org|net|io|dev|app|cloud)(?::\\d+){0,2}",
  // Words with numbers behind a hyphen, such as session-4-deployment, PROJ-123 and collab-1763229251-k3f9.
  "[a-z]{2,}(?:[-_][a-z]+)*[-_]v?\\d{1,10}(?:[-_](?:v?\\d{1,10}(?![a-z0-9])|[a-z]+(?![a-z0-9])|[a-z0-9]{4}(?<![-_][a-z]{4}|[-_]v?\\d{3,4})))*",
];

const standIn = onFirstUse(() => whole(STAND_IN, "u"));
const technical = onFirstUse(() => whole(TECHNICAL, "i"));

function whole(forms: readonly string[], flags: string): RegExp {
  return new RegExp(`^(?:${forms.join("|")})$`, flags);
}

const UUID = /^[{(]?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}[)}]?$/iu;
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/u;
const HEX = /^(?:[0-9a-f]{7,}|[0-9A-F]{7,})$/u;

/** Whether a word is an id or a digest. It has the look of a key, and is none by itself. */
export function isDigest(word: string): boolean {
  return UUID.test(word) || ULID.test(word) || HEX.test(word);
}

/** A word without the signs of a sentence around it. */
export function trimSigns(word: string): string {
  return word
    .slice(0, 2000)
    .replace(/^["'`([{<“”‘’„«»「『]{1,8}/u, "")
    .replace(/["'`)\]}>“”‘’«»」』,;:.!?…、。，]{1,8}$/u, "");
}

/** Groups of capitals and digits, as on a licence. */
const LICENCE = /^(?=.*\d)[A-Z0-9]{4,8}(?:-[A-Z0-9]{4,8}){2,8}$/u;

/** Judges a word that may be a secret. */
export function lookOf(written: string): Look {
  const word = trimSigns(written);
  if (isStandIn(written.replace(/["'`,;.)]{1,4}$/u, "")) || isStandIn(word)) return "stand-in";
  if (LICENCE.test(word)) return "mixed";
  return isTechnical(word) || isPath(word) ? "plain" : mixtureOf(word);
}

/** Whether a word looks like a password or a key. */
export function isSecretLook(look: Look): boolean {
  return look === "mixed" || look === "strong";
}

/** Whether a word stands for a secret, such as a variable or a type. */
export function isStandIn(word: string): boolean {
  return (
    word === "" || CODE_WORDS.has(word.toLowerCase()) || (word.length <= MAX_WORD && standIn().test(word))
  );
}

function isTechnical(word: string): boolean {
  return word.length <= MAX_WORD && technical().test(word);
}

/** Whether a word is a path of ordinary names. */
function isPath(word: string): boolean {
  const isForm = /^(?:~|\.{1,2})?\/./u.test(word) || /^[\w@.-]+(?:\/[\w.-]+)+\/?$/u.test(word);
  return isForm && word.split("/").every((name) => /^[^\d+=!#$%^&]*$/u.test(name) || isTechnical(name));
}

function mixtureOf(word: string): Look {
  const hasDigit = /\p{N}/u.test(word);
  const hasSign =
    /[^\p{L}\p{N}\p{M}\s'’`".,:;/\\_()[\]{}<>|…–—-]/u.test(word) && !/^[\p{L}'’-]+[+*?!%]+$/u.test(word);
  if (!/\p{L}/u.test(word) || !(hasDigit || hasSign)) return "plain";
  const hasCases = /\p{Lu}/u.test(word) && /\p{Ll}/u.test(word);
  const isVaried =
    [hasDigit, hasSign, hasCases].filter(Boolean).length > 1 || /\p{L}\p{N}+\p{L}+\p{N}/u.test(word);
  return isVaried && word.length >= 8 ? "strong" : "mixed";
}
