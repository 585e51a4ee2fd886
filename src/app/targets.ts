import { existsSync, realpathSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { type Scope, scopeOf } from "../domain/claims/overlap.ts";
import { projectName } from "../domain/claims/project.ts";
import { isKey, Target } from "../domain/claims/target.ts";
import { wrongCall } from "../errors.ts";
import type { World } from "../world.ts";

/** Targets as operations take them. `project` is undefined where all targets are keys, because keys hold in every project. */
export interface Named {
  readonly targets: readonly string[];
  readonly project: string | undefined;
}

/**
 * Reads keys and paths from the user. A path is relative to the project's root, in any current directory; an absolute
 * path must be inside the project. Throws HiveError.
 */
export async function readTargets(
  world: World,
  texts: readonly string[],
  givenProject: string | undefined,
): Promise<Named> {
  if (texts.every(isKey)) return { targets: texts, project: undefined };
  const { projectAt } = await import("./workplace/project.ts");
  const { root, name } = projectAt(world);
  const targets = texts.map((text) => (isAbsolute(text) ? fromRoot(root, text) : text));
  return { targets, project: projectName(givenProject ?? (await name())) };
}

function fromRoot(root: string, path: string): string {
  const home = [root, realpathSync(root)].find((each) => `${path}/`.startsWith(join(each, "/")));
  if (home !== undefined) return `./${path.slice(home.length + 1)}`;
  throw wrongCall(
    `${JSON.stringify(path)} is not inside ${root}.`,
    "Give a path relative to the project's root, for example: src/api/**",
  );
}

/** Returns each target with its scope, for the comparison with claims. Throws ZodError. */
export function scopesOf({ targets, project }: Named): { target: string; scope: Scope }[] {
  return targets.map((text) => {
    const target = Target.parse(text);
    return { target, scope: scopeOf({ patterns: [target], project }) };
  });
}

/** Throws HiveError for a text that may be a key or a file, because a claim on the wrong one would protect nothing. */
export async function refuseAmbiguous(world: World, texts: readonly string[]): Promise<void> {
  const { projectAt } = await import("./workplace/project.ts");
  const { root } = projectAt(world);
  const ambiguous = texts.find((text) => isKey(text) && existsSync(join(root, text)));
  if (ambiguous === undefined) return;
  throw wrongCall(
    `${ambiguous} is a file or folder of this project, but a text without a slash is a key.`,
    `For the file or folder: hive claim ./${ambiguous}. For a key: hive claim work:${ambiguous}`,
  );
}
