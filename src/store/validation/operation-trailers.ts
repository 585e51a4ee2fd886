import { FOLDER, WORKFLOWS } from "../../domain/hub/layout.ts";
import { judgeMentions, type Mentions } from "../../domain/validation/mentions.ts";
import type { Finding } from "../../domain/values/finding.ts";
import type { Git } from "../git/git.ts";
import { operationsBetween } from "../git/history.ts";

/**
 * Finds commits after `from` up to `to` whose trailers name an operation that they cannot carry. Operations before
 * `from` count as far as this repository has the history.
 */
export function findFalseMentions(git: Git, from: string | undefined, to: string): Finding[] {
  const range = from === undefined ? [to] : [to, `^${from}`];
  const inRange = listed(git, [...range, "--"]);
  const changing = listed(git, [
    "--full-history",
    "--diff-merges=combined",
    ...range,
    "--",
    FOLDER,
    WORKFLOWS,
  ]);
  const steps = (operationsBetween(git, null, to) ?? operationsBetween(git, from ?? null, to))?.steps ?? [];
  const mentions = steps.map(
    (step): Mentions => ({
      ...step,
      isInRange: inRange.has(step.commit),
      changesFiles: changing.has(step.commit),
    }),
  );
  return judgeMentions(mentions).map((message) => ({
    path: FOLDER,
    line: 1,
    column: 1,
    rule: "operation",
    message,
  }));
}

/** The ids of the commits that `git log` lists. */
function listed(git: Git, args: readonly string[]): ReadonlySet<string> {
  const { stdout } = git.runNow(["log", "--format=%H", ...args], "");
  return new Set(stdout.toString("utf8").split("\n").filter(Boolean));
}
