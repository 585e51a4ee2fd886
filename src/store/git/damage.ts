import type { GitOutput, GitResult } from "./git.ts";

/** What git prints when the repository that it works in is damaged. */
const DAMAGE_MESSAGE =
  /reference broken|bad object refs\/|object file .{0,200} is empty|loose object .{0,100} is corrupt|did not receive expected object|invalid gitfile format|not a git repository: '|bad shallow line|bad config|bad numeric config|unable to parse .{0,40}config/;

/** Whether a command failed because the repository is damaged, and not because of what another one sent. */
export function isDamaged({ code, stderr }: Pick<GitResult | GitOutput, "code" | "stderr">): boolean {
  return (
    code !== 0 && stderr.split("\n").some((line) => !line.startsWith("remote:") && DAMAGE_MESSAGE.test(line))
  );
}

/** What git prints when another repository, from which this one borrows objects, is gone. */
const LOST_ALTERNATE = /unable to normalize alternate object path|\bobjects\/info\/alternates\b/;

/** Whether a repository that others' objects belong to has lost them. It may have copies of all that it needs. */
export function hasLostAlternate(stderr: string): boolean {
  return LOST_ALTERNATE.test(stderr);
}

/** The ref below the branch, such as `refs/heads/main/x`, that keeps git from creating the branch. */
export function refInTheWay(text: string): string | undefined {
  return /'(refs\/[^'\s]{1,200})' exists; cannot create/.exec(text)?.[1];
}
