import { join } from "node:path";
import type { Git } from "../git/git.ts";
import { BRANCH, OUTBOXES, TRACKED } from "../git/ref-names.ts";
import { writeAtomically } from "../host/files.ts";
import { splitLogin } from "../hub/address.ts";

/** The name of the hub in a replica. Git would add the addresses that the user's own settings have for the same name. */
export const REMOTE = "git-hive";

/** Makes ssh never prompt and notice a dead connection. An ssh command that the user has configured is kept. */
const SSH_COMMAND =
  "ssh -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=5 -o ServerAliveCountMax=2";

/**
 * Writes the address into the replica's config, which only the user can read. Every user could read a command line.
 */
export async function configure(git: Git, url: string): Promise<void> {
  const hasOwnSsh = (await git.run(["config", "--global", "--get", "core.sshCommand"])).code === 0;
  const ssh = hasOwnSsh ? [] : [`\tsshCommand = ${SSH_COMMAND}`];
  const core = ["[core]", "\trepositoryformatversion = 0", "\tbare = true", ...ssh];
  writeAtomically(join(git.directory, "config"), `${core.join("\n")}\n${hubSections(url)}`);
}

/** Puts a login into a header, because git passes the URL to its helpers on their command line. */
export function hubSections(url: string): string {
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
