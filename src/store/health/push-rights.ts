import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { HiveError } from "../../errors.ts";
import { AMBIGUOUS_REF, readPushOutcome } from "../git/push-answer.ts";
import { BRANCH } from "../git/ref-names.ts";
import { denied, refusedPush, unreachable } from "../hub/errors.ts";
import { REMOTE } from "../replica/config.ts";
import type { Repository } from "../replica/repository.ts";

const PUSH_TIMEOUT_SECONDS = 30;

/**
 * Why the hub would refuse a push of its last known commit, found without writing; undefined when it would accept it.
 */
export async function pushTrouble(repository: Repository, tip: string): Promise<HiveError | undefined> {
  const { address, git } = repository;
  if (address.kind === "path") return writeTrouble(address.path);
  const args = ["push", "--dry-run", "--porcelain", "--no-verify", REMOTE, `${tip}:${BRANCH}`];
  const outcome = readPushOutcome(await git.run(args, { seconds: PUSH_TIMEOUT_SECONDS }), BRANCH);
  // An answer that the branch exists already or has moved shows that access was granted, and so do refs to push to. Writes
  // push beside another ref that git takes for the branch.
  if (!("reason" in outcome) || outcome.reason === "already there" || AMBIGUOUS_REF.test(outcome.reason))
    return undefined;
  const errorOf = { denied, refused: refusedPush, unreachable, unknown: unreachable }[outcome.kind];
  return errorOf(address, outcome.reason);
}

function writeTrouble(path: string): HiveError | undefined {
  try {
    for (const name of ["objects", "refs"]) accessSync(join(path, name), constants.W_OK);
    return undefined;
  } catch (cause) {
    const hint = "Ask its owner for write permission, or use another hub";
    return new HiveError("access_denied", `You have no write permission for ${path}.`, hint, { cause });
  }
}
