import type { World } from "../world.ts";

/** Whether a user wants none of something: `HIVE_HOOK_OFF` lists kinds of events, `work`, or `all`. */
export function isOff({ env }: World, what: string): boolean {
  const off = (env.HIVE_HOOK_OFF ?? "").split(/[\s,]+/);
  return off.includes("all") || off.includes(what);
}
