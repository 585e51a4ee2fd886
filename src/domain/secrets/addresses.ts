import type { Gate } from "./gate.ts";
import { lookOf } from "./look.ts";
import type { Secret } from "./secret.ts";

/** A user and a password before the host. A password may have any sign, so it ends at the last `@`. */
const LOGIN =
  /(?<![A-Za-z0-9])[a-z][a-z0-9+.-]{1,30}:\/\/[^\s/:@?#"'<>]{0,200}:(?!\d{1,5}(?:\/|$))(?<password>[^\s"'<>]{1,1000})@/gi;

/** One word before the host: a token. A user's name is none, and a shell needs one. */
const TOKEN_LOGIN =
  /(?<![A-Za-z0-9])(?:https?|ftp|wss?|redis|amqps?|mongodb|postgres(?:ql)?|mysql):\/\/(?<token>[^\s/:@?#"'<>]{3,400})@/gi;

/** The names of secrets in the query of an address. */
const QUERY =
  /[?&;#](?:amp;)?(?:[a-z_-]{0,20}(?:token|secret|password|passwd|pwd|api[-_]?key|apikey|access[-_]?key|signature|credential|security[-_]token)|sig|key|auth|code|pass|pw|sid|session(?:id)?|jwt|assertion|ticket|x-amz-[a-z-]{1,20}|authkey|licen[cs]e)=(?<value>[^\s"'<>&#]{1,2000})/gi;

/** A login before a host without a scheme, such as `admin:hunter2@10.0.0.1`. */
const BARE_LOGIN =
  /(?<![\w:/.@-])(?!(?:npm|workspace|mailto|file|link|patch|from|to|cc|sip|docker|image|user|author|contact|email)\b)[\w.-]{1,40}:(?<password>[^\s:@/"'<>]{3,100})@(?!sha\d)[\w-]{1,60}(?:\.[\w-]{1,60}|:\d|\b)/gu;

/** What stands for a password in an address. */
const STAND_IN = /^(?:\$\{?\w+\}?|\$\(.*|<[^>]*>|\{+[\w.]+\}+|%\w+%|\*+|x+|\.+|…)$/iu;

/** Finds logins and tokens in addresses and connection strings. */
export function findInAddresses(text: string, gate: Gate): Secret[] {
  if (!gate(text.includes("@") || text.includes("="))) return [];
  return [
    ...secretsIn(text, LOGIN, "password", () => true),
    ...secretsIn(text, TOKEN_LOGIN, "token", (word) => !/^(?:git|user|username|me|you|admin)$/iu.test(word)),
    ...secretsIn(text, QUERY, "value", (word) => word.length > 3 && lookOf(word) !== "plain"),
    ...secretsIn(
      text,
      BARE_LOGIN,
      "password",
      (word) => lookOf(word) === "mixed" || lookOf(word) === "strong",
    ),
  ];
}

function secretsIn(
  text: string,
  pattern: RegExp,
  group: string,
  isSecret: (word: string) => boolean,
): Secret[] {
  return [...text.matchAll(pattern)].flatMap(({ 0: whole, index, groups }) => {
    const word = groups?.[group] ?? "";
    if (STAND_IN.test(word) || whole.includes("//user:pass") || !isSecret(word)) return [];
    const start = index + whole.lastIndexOf(word, whole.length);
    return [{ start, end: start + word.length, rule: "address-login", isCertain: true } as const];
  });
}
