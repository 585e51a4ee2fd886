import type { World } from "../world.ts";

/** Whether the user turned a feature off: `HIVE_HOOK_OFF` lists kinds of events, `work`, or `all`. */
export function isOff({ env }: World, feature: string): boolean {
  const off = (env.HIVE_HOOK_OFF ?? "").split(/[\s,]+/);
  return off.includes("all") || off.includes(feature);
}
