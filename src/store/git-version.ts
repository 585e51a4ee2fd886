import { HiveError } from "../errors.ts";
import { gitAt } from "./git/git.ts";
import type { Environment } from "./host/environment.ts";

/** What `git version` prints; undefined where git does not run. */
export function gitVersion(environment: Environment): string | undefined {
  try {
    return gitAt(".", environment).runNow(["version"], "").stdout.toString("utf8").trim();
  } catch (error) {
    if (error instanceof HiveError) return undefined;
    throw error;
  }
}
