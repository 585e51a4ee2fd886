import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { HiveError } from "../../errors.ts";
import { readPushOutcome } from "../git/push-answer.ts";
import { BRANCH } from "../git/ref-names.ts";
import { denied, refusedPush, unreachable } from "../hub/errors.ts";
import type { Repository } from "../replica/repository.ts";

const SECONDS = 30;

/** Why the hub would not take a push of what it had last, found out without writing; undefined where it would. */
export async function pushTrouble(repository: Repository, tip: string): Promise<HiveError | undefined> {
  const { address, git } = repository;
  if (address.kind === "path") return writeTrouble(address.path);
  const args = ["push", "--dry-run", "--porcelain", "--no-verify", "hub", `${tip}:${BRANCH}`];
  const outcome = readPushOutcome(await git.run(args, { seconds: SECONDS }), BRANCH);
  // To be told that the branch is there already, or has moved on, one has to be let in.
  if (!("reason" in outcome) || outcome.reason === "already there") return undefined;
  const errorOf = { denied, refused: refusedPush, unreachable, unknown: unreachable }[outcome.kind];
  return errorOf(address, outcome.reason);
}

function writeTrouble(path: string): HiveError | undefined {
  try {
    for (const name of ["objects", "refs"]) accessSync(join(path, name), constants.W_OK);
    return undefined;
  } catch (cause) {
    const hint = "Ask its owner for the right to write, or use a hub of your own";
    return new HiveError("access_denied", `You may not write to ${path}.`, hint, { cause });
  }
}
