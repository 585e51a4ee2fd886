import type { Environment } from "../host/environment.ts";
import { gitIn } from "./user-git.ts";

/** The user's name in git's settings; undefined where there is none, or where git cannot be asked. */
export async function userName(project: string, environment: Environment): Promise<string | undefined> {
  const git = await gitIn(project, environment);
  const said = await git.raw(["config", "--get", "user.name"]).catch(() => "");
  return said.trim() || undefined;
}
