import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { HiveError } from "../../errors.ts";

/** The address of a hub: a repository on this disk, or a remote that git reaches by URL. */
export type HubAddress =
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "remote"; readonly url: string };

const URL_FORM = /^(?:https?|ssh|file):\/\/[^\s]+$/i;
/** As git reads it: a colon before any slash. A single letter before the colon is a drive. */
const SCP_FORM = /^(?:[a-z0-9][\w.-]*@)?[a-z0-9][\w.-]+:(?!\/\/)[^\s]+$/i;

/** A host's name and a path on it, as browsers show them: `github.com/team/hub`. */
const HOST_FORM = /^(?:[\w.-]+@)?(?:[a-z0-9-]+\.)+(?!git\/)[a-z]{2,}\/[^\s]+$/i;

/**
 * Parses the address of a hub. Accepts only transports that run no program named by the address, and refuses text
 * that git would read as an option or as `ext::`. Throws HiveError.
 */
export function parseHubAddress(text: string, directory: string): HubAddress {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (text === "" || text.startsWith("-") || /^[\w+.-]*::/.test(text) || /[\u0000-\u001f\u007f]/.test(text))
    throw badAddress(text);
  if (/^https?:/i.test(text) && !URL.canParse(text)) throw badAddress(text);
  if (URL_FORM.test(text) || SCP_FORM.test(text)) return { kind: "remote", url: text };
  if (text.includes("://")) throw badAddress(text);
  const path = resolve(directory, text);
  // As git finds it.
  const isShort = !existsSync(path) && existsSync(`${path}.git`);
  return { kind: "path", path: isShort ? `${path}.git` : path };
}

/** Parses an address as a user gives it. Throws HiveError also for a host's name without a scheme, where no such path exists. */
export function parseGivenAddress(text: string, directory: string): HubAddress {
  const address = parseHubAddress(text, directory);
  if (address.kind === "path" && HOST_FORM.test(text) && !existsSync(address.path)) throw noScheme(text);
  return address;
}

function noScheme(text: string): HiveError {
  const url = `https://${text.replace(/^[^/]*@/, "")}`;
  return new HiveError(
    "bad_address",
    `${JSON.stringify(redact(text))} has no scheme, and there is no such folder here.`,
    `Did you mean ${redact(url)}? For a folder of that name: ./${redact(text)}`,
    { failure: "usage" },
  );
}

function badAddress(text: string): HiveError {
  const [start, end] = [text.indexOf("//"), text.lastIndexOf("@")];
  const shown = start >= 0 && end > start ? `${text.slice(0, start)}//***${text.slice(end)}` : text;
  return new HiveError(
    "bad_address",
    `${JSON.stringify(redact(shown))} is not an address of a hub.`,
    "Give a path, https://…, ssh://… or user@host:path.",
    { failure: "usage" },
  );
}

/** The address in full, with any secret that it has. */
export function locationOf(address: HubAddress): string {
  return address.kind === "path" ? address.path : address.url;
}

/** The address for display, without the secret that a URL may have. */
export function showAddress(address: HubAddress): string {
  return address.kind === "path" ? address.path : redact(address.url.replace(LOGIN, "$1***@"));
}

/** The key of a hub on this host. It does not depend on the credentials in the address. */
export function addressKey(address: HubAddress): string {
  return locationOf(address).replace(LOGIN, "$1").replace(SSH_PASSWORD, "$1@");
}

/** The format of access tokens of GitHub and GitLab. */
const TOKEN = /\b(?:gh[pousr]_|github_pat_|glpat-)[A-Za-z0-9_-]{10,}/g;

/** The user name and password of a web address: everything up to the last @ before the path. */
const LOGIN = /^(https?:\/\/)[^/]*@/i;

/** The password of an ssh address. ssh itself does not use it. */
const SSH_PASSWORD = /(ssh:\/\/[^/:@\n]*):[^/\n]*@/gi;

/**
 * Splits a web address into the address without its secret and the login as `user:password`, decoded. A user name
 * alone is no secret and stays, because the user's own credential helper has the password.
 */
export function splitLogin(url: string): { address: string; login: string | undefined } {
  const login = LOGIN.exec(url)?.[0]
    .replace(/^https?:\/\//i, "")
    .slice(0, -1);
  if (login === undefined || !(login.includes(":") || login.search(TOKEN) >= 0))
    return { address: url, login: undefined };
  return { address: url.replace(LOGIN, "$1"), login: decodeLogin(login) };
}

function decodeLogin(login: string): string {
  const [user = "", ...password] = login.split(":").map(decodePart);
  return `${user}:${password.join(":")}`;
}

/** Decodes a part of a login. Invalid encoding is returned unchanged, because the user typed the part literally. */
function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Hides the user names and passwords of web addresses, and tokens, anywhere in a text. */
export function redact(text: string): string {
  return text
    .replaceAll(/(https?:\/\/)[^/\n]*@/gi, "$1***@")
    .replaceAll(SSH_PASSWORD, "$1:***@")
    .replaceAll(TOKEN, "***");
}
