import type * as z from "../../domain/values/z.ts";
import type { ObjectFields } from "./read-object.ts";

/** Renames unknown keys of the old files to `seed_<key>` if the hub's schema gives them another meaning. */
export function renameMisfits(schema: z.ZodMiniType, own: ObjectFields, rest: ObjectFields): ObjectFields {
  const issues = schema.safeParse({ ...own, ...rest }).error?.issues ?? [];
  const misfits = new Set(issues.map(({ path }) => path[0]));
  return Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [misfits.has(key) ? `seed_${key}` : key, value]),
  );
}
