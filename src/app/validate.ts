import { join } from "node:path";
import type { Instant } from "../domain/values/instant.ts";
import { toInstant } from "../domain/values/time.ts";
import type { HiveError } from "../errors.ts";
import { projectOf } from "../store/checkout/checkout.ts";
import { gitAt } from "../store/git/git.ts";
import { ObjectReader } from "../store/git/objects.ts";
import { parseTarget, type ValidationTarget } from "../store/validation/revisions.ts";
import { validateFolder, validateHistory } from "../store/validation/validate.ts";
import type { Validation } from "../store/validation/validate-tree.ts";
import { hasHubFolder, workTree } from "../store/validation/work-tree.ts";
import type { World } from "../world.ts";
import type { Hive } from "./hive/hive.ts";

/** The findings, and what was validated, as text. */
export type Validated = Validation & {
  readonly subject: string;
  readonly outdated: HiveError | undefined;
  readonly seenAt: Instant | undefined;
};

/** A checkout is read from disk, so it is never outdated. */
const UP_TO_DATE = { outdated: undefined, seenAt: undefined };

/** Whether the current checkout has a hub's folder. Then `hive validate` validates the checkout. */
export function isInHubCheckout(world: World): boolean {
  return hasHubFolder(projectOf(world.directory));
}

/**
 * Validates the enclosing checkout: its files on disk, or a commit or a range of its history. Changes nothing and
 * connects to no hub. Throws HiveError.
 */
export async function validateCheckout(world: World, revision: string | undefined): Promise<Validated> {
  const project = projectOf(world.directory);
  const target = parseTarget(revision);
  const now = toInstant(world.now());
  const subject = `${project}, ${nameOf(target, "files on disk")}`;
  if (target.kind === "newest")
    return { ...(await validateFolder(workTree(project), now)), subject, ...UP_TO_DATE };
  const git = gitAt(join(project, ".git"), world.env);
  const objects = new ObjectReader(git);
  try {
    const validation = await validateHistory({ git, objects, newest: "HEAD" }, target, now);
    return { ...validation, subject, ...UP_TO_DATE };
  } finally {
    objects.close();
  }
}

/** Validates a hub's newest state, or a commit or a range of its history. Throws HiveError. */
export async function validateHub(hive: Hive, revision: string | undefined): Promise<Validated> {
  const target = parseTarget(revision);
  return { ...(await hive.validate(target)), subject: `${hive.name}, ${nameOf(target, "newest state")}` };
}

function nameOf(target: ValidationTarget, newest: string): string {
  if (target.kind === "newest") return newest;
  return target.kind === "commit" ? target.revision : `${target.from}${target.dots}${target.to}`;
}
