import type * as z from "../../domain/values/z.ts";
import type { Fields } from "./read-object.ts";

/** Unknown keys of the old files that mean something else in the hub, as its schema tells, are kept as `seed_<key>`. */
export function renameMisfits(schema: z.ZodMiniType, own: Fields, rest: Fields): Fields {
  const issues = schema.safeParse({ ...own, ...rest }).error?.issues ?? [];
  const misfits = new Set(issues.map(({ path }) => path[0]));
  return Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [misfits.has(key) ? `seed_${key}` : key, value]),
  );
}
