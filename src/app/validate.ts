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

/** What was validated, in words, and what came of it. */
export type Validated = Validation & {
  readonly subject: string;
  readonly outdated: HiveError | undefined;
  readonly seenAt: Instant | undefined;
};

/** What lies in a checkout is as new as it is. */
const SEEN = { outdated: undefined, seenAt: undefined };

/** Whether a program stands in a checkout that has a hub's folder: then that is what it validates. */
export function standsInHub(world: World): boolean {
  return hasHubFolder(projectOf(world.directory));
}

/**
 * Validates the enclosing checkout: its files as they lie there, or a commit or a range of its history. Nothing of it
 * is changed, and no hub is asked. Throws HiveError.
 */
export async function validateCheckout(world: World, revision: string | undefined): Promise<Validated> {
  const project = projectOf(world.directory);
  const target = parseTarget(revision);
  const now = toInstant(world.now());
  const subject = `${project}, ${nameOf(target, "as it lies there")}`;
  if (target.kind === "newest")
    return { ...(await validateFolder(workTree(project), now)), subject, ...SEEN };
  const git = gitAt(join(project, ".git"), world.env);
  const objects = new ObjectReader(git);
  try {
    const validation = await validateHistory({ git, objects, newest: "HEAD" }, target, now);
    return { ...validation, subject, ...SEEN };
  } finally {
    objects.close();
  }
}

/** Validates a hub as it is now, or a commit or a range of its history. Throws HiveError. */
export async function validateHub(hive: Hive, revision: string | undefined): Promise<Validated> {
  const target = parseTarget(revision);
  return { ...(await hive.validate(target)), subject: `${hive.name}, ${nameOf(target, "as it is")}` };
}

function nameOf(target: ValidationTarget, newest: string): string {
  if (target.kind === "newest") return newest;
  return target.kind === "commit" ? target.revision : `${target.from}${target.dots}${target.to}`;
}
