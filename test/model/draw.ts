import fc from "fast-check";
import { SESSIONS, type Who } from "./model.ts";

/** The last of them is registered late, or never. */
export const anyone: fc.Arbitrary<Who> = fc.constantFrom(...SESSIONS, ...SESSIONS.slice(0, 3));

/** Mostly whoever may do it, if there is one. */
export const mostlyRight: fc.Arbitrary<Who | "right"> = fc.oneof(anyone, fc.constant("right" as const));

/** One of what there is, whatever there is: of the newest. */
export const nth = fc.nat({ max: 3 });

/** The same, or mostly the newest that fits. */
export const mostlyFit: fc.Arbitrary<number | "fit"> = fc.oneof(
  nth,
  fc.constant("fit" as const),
  fc.constant("fit" as const),
);

/** Half the time nothing. */
export function maybe<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.option(value, { nil: undefined, freq: 2 });
}

/** An end in so many seconds from then; 0 and less are in the past. */
export const lasting = fc.constantFrom(-60, 0, 60, 3600, 86_400, 864_000);
