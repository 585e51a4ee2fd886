import { join } from "node:path";
import type { Git } from "../git/git.ts";
import { BRANCH, OUTBOXES, TRACKED } from "../git/ref-names.ts";
import { writeAtomically } from "../host/files.ts";
import { splitLogin } from "../hub/address.ts";

/** Never asks, and notices a dead connection; a command that the user has configured is left alone. */
const SSH = "ssh -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=5 -o ServerAliveCountMax=2";

/** The address goes into the replica's own config, which only the user can read: on a command line everyone could. */
export async function configure(git: Git, url: string): Promise<void> {
  const hasOwnSsh = (await git.run(["config", "--global", "--get", "core.sshCommand"])).code === 0;
  const ssh = hasOwnSsh ? [] : [`\tsshCommand = ${SSH}`];
  const core = ["[core]", "\trepositoryformatversion = 0", "\tbare = true", ...ssh];
  writeAtomically(join(git.directory, "config"), `${core.join("\n")}\n${hubSections(url)}`);
}

/** A login goes into a header, for git hands the URL itself to its helpers on their command line. */
export function hubSections(url: string): string {
  const { place, login } = splitLogin(url);
  const quoted = (text: string) => `"${text.replaceAll(/["\\]/g, (character) => `\\${character}`)}"`;
  const remote = [
    '[remote "hub"]',
    `\turl = ${quoted(place)}`,
    `\tfetch = +${BRANCH}:${TRACKED}`,
    `\tfetch = +${OUTBOXES}/*:${OUTBOXES}/*`,
  ];
  if (login === undefined) return `${remote.join("\n")}\n`;
  const header = `\textraHeader = Authorization: Basic ${Buffer.from(login).toString("base64")}`;
  return `${[...remote, `[http ${quoted(new URL("/", place).href)}]`, header].join("\n")}\n`;
}
