import { resolve } from "node:path";
import { HiveError } from "../../errors.ts";

/** Where a hub is: a repository on this disk, or a remote that git reaches by URL. */
export type HubAddress =
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "remote"; readonly url: string };

const URL_FORM = /^(?:https?|ssh|file):\/\/[^\s]+$/i;
/** As git reads it: a colon before any slash; one letter before it is a drive. */
const SCP_FORM = /^(?:[a-z0-9][\w.-]*@)?[a-z0-9][\w.-]+:(?!\/\/)[^\s]+$/i;

/**
 * Reads what a user calls a hub. Only transports that run no program of the address's choosing are taken;
 * text that git would read as an option or as `ext::` is refused.
 */
export function parseHubAddress(text: string, directory: string): HubAddress {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (text === "" || text.startsWith("-") || /^[\w+.-]*::/.test(text) || /[\u0000-\u001f\u007f]/.test(text))
    throw badAddress(text);
  if (/^https?:/i.test(text) && !URL.canParse(text)) throw badAddress(text);
  if (URL_FORM.test(text) || SCP_FORM.test(text)) return { kind: "remote", url: text };
  if (text.includes("://")) throw badAddress(text);
  return { kind: "path", path: resolve(directory, text) };
}

function badAddress(text: string): HiveError {
  return new HiveError(
    "bad_address",
    `${JSON.stringify(redact(text.replace(/\/\/[\s\S]*@/, "//***@")))} is no address of a hub.`,
    "Give a path, https://…, ssh://… or user@host:path.",
    { failure: "usage" },
  );
}

/** The address as it can be read again, with whatever secret it carries. */
export function locationOf(address: HubAddress): string {
  return address.kind === "path" ? address.path : address.url;
}

/** The address as text for people: without the secret a URL may carry. */
export function showAddress(address: HubAddress): string {
  return address.kind === "path" ? address.path : redact(address.url.replace(LOGIN, "$1***@"));
}

/** What this host knows a hub by: the same hub has the same key whatever its credentials are. */
export function addressKey(address: HubAddress): string {
  return locationOf(address).replace(LOGIN, "$1").replace(SSH_PASSWORD, "$1@");
}

/** Access tokens as GitHub and GitLab make them. */
const TOKEN = /\b(?:gh[pousr]_|github_pat_|glpat-)[A-Za-z0-9_-]{10,}/;

/** A user name, and what may be a password, of a web address: all up to the last @ before the path. */
const LOGIN = /^(https?:\/\/)[^/]*@/i;

/** The password of an ssh address, which ssh itself does not take. */
const SSH_PASSWORD = /(ssh:\/\/[^/:@\n]*):[^/\n]*@/gi;

/**
 * A web address without the secret it may carry, and that login as `user:password`, decoded. A user's name alone is
 * no secret and stays: the user's own credential helper has the password.
 */
export function splitLogin(url: string): { address: string; login: string | undefined } {
  const login = LOGIN.exec(url)?.[0]
    .replace(/^https?:\/\//i, "")
    .slice(0, -1);
  if (login === undefined || !(login.includes(":") || TOKEN.test(login)))
    return { address: url, login: undefined };
  return { address: url.replace(LOGIN, "$1"), login: decodeLogin(login) };
}

function decodeLogin(login: string): string {
  const [user = "", ...password] = login.split(":").map(decodePart);
  return `${user}:${password.join(":")}`;
}

/** As it stands where it is no valid encoding: it is the user's own word then. */
function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Hides user names and passwords of web addresses, and tokens, wherever they stand in a text. */
export function redact(text: string): string {
  return text
    .replaceAll(/(https?:\/\/)[^/\n]*@/gi, "$1***@")
    .replaceAll(SSH_PASSWORD, "$1:***@")
    .replaceAll(new RegExp(TOKEN, "g"), "***");
}
