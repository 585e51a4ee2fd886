import { BRANCH, OUTBOXES, TRACKED } from "../git/ref-names.ts";
import { splitLogin } from "../hub/address.ts";

/** The name of the hub in a replica. Git would add the addresses that the user's own settings have for the same name. */
export const REMOTE = "git-hive";

/**
 * The config of a replica with the address of its hub. It is a file, which only the user can read: every user could read a
 * command line.
 */
export function configOf(url: string): string {
  return `[core]\n\trepositoryformatversion = 0\n\tbare = true\n${hubSections(url)}`;
}

/** Puts a login into a header, because git passes the URL to its helpers on their command line. */
function hubSections(url: string): string {
  const { address, login } = splitLogin(url);
  const quoted = (text: string) => `"${text.replaceAll(/["\\]/g, (character) => `\\${character}`)}"`;
  const remote = [
    `[remote "${REMOTE}"]`,
    `\turl = ${quoted(address)}`,
    `\tfetch = +${BRANCH}:${TRACKED}`,
    `\tfetch = +${OUTBOXES}/*:${OUTBOXES}/*`,
  ];
  if (login === undefined) return `${remote.join("\n")}\n`;
  const header = `\textraHeader = Authorization: Basic ${Buffer.from(login).toString("base64")}`;
  return `${[...remote, `[http ${quoted(new URL("/", address).href)}]`, header].join("\n")}\n`;
}
