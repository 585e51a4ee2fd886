import { existsSync, realpathSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { type Scope, scopeOf } from "../domain/claims/overlap.ts";
import { projectName } from "../domain/claims/project.ts";
import { isKey, Target } from "../domain/claims/target.ts";
import { wrongCall } from "../errors.ts";
import type { World } from "../world.ts";

/** What a user names, as operations take it. Keys hold in every project, so none is named where there is nothing else. */
export interface Named {
  readonly targets: readonly string[];
  readonly project: string | undefined;
}

/**
 * Reads keys and paths as a user gives them. A path is from the project's root on, wherever in it one stands; an
 * absolute one has to lie in the project. Throws HiveError.
 */
export async function readTargets(
  world: World,
  texts: readonly string[],
  told: string | undefined,
): Promise<Named> {
  if (texts.every(isKey)) return { targets: texts, project: undefined };
  const { projectAt } = await import("./workplace/project.ts");
  const { root, name } = projectAt(world);
  const targets = texts.map((text) => (isAbsolute(text) ? fromRoot(root, text) : text));
  return { targets, project: projectName(told ?? (await name())) };
}

function fromRoot(root: string, path: string): string {
  const home = [root, realpathSync(root)].find((each) => `${path}/`.startsWith(join(each, "/")));
  if (home !== undefined) return `./${path.slice(home.length + 1)}`;
  throw wrongCall(
    `${JSON.stringify(path)} does not lie in ${root}.`,
    "Give paths from the project's root on, as src/api/**",
  );
}

/** What is named, as it is compared with what is claimed. Throws ZodError. */
export function scopesOf({ targets, project }: Named): { target: string; scope: Scope }[] {
  return targets.map((text) => {
    const target = Target.parse(text);
    return { target, scope: scopeOf({ patterns: [target], project }) };
  });
}

/** Refuses what may be meant as a key or as a file: taken for the wrong one, it would protect nothing. Throws HiveError. */
export async function refuseDoubtful(world: World, texts: readonly string[]): Promise<void> {
  const { projectAt } = await import("./workplace/project.ts");
  const { root } = projectAt(world);
  const doubtful = texts.find((text) => isKey(text) && existsSync(join(root, text)));
  if (doubtful === undefined) return;
  throw wrongCall(
    `${doubtful} lies in this project, but without a slash it is a key.`,
    `For the file or folder: hive claim ./${doubtful}. For work, another key: hive claim work:${doubtful}`,
  );
}
