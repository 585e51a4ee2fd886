import * as z from "./z.ts";

const EARLIEST = "2000-01-01T00:00:00Z";
const LATEST = "2100-01-01T00:00:00Z";

/** An instant in ISO 8601, UTC with `Z`, from 2000 to 2099: any other year means that a clock or a writer is wrong. */
export const Instant = z.iso
  .datetime({ error: "an instant is ISO 8601 in UTC, like 2026-01-31T12:00:00Z" })
  .check(
    z.refine((text) => {
      const at = Date.parse(text);
      return at >= Date.parse(EARLIEST) && at < Date.parse(LATEST);
    }, "an instant is between the years 2000 and 2100"),
  );
export type Instant = z.infer<typeof Instant>;

const UNIT_SECONDS: Readonly<Record<string, number>> = { w: 604_800, d: 86_400, h: 3600, m: 60, s: 1 };

/** A duration as users write it (`90s`, `5m`, `2h`, `7d`, `1w`, `1d12h`), larger units first; its value is in seconds. */
export const Duration = z.pipe(
  z
    .string()
    .check(
      z.regex(
        /^(?=\d)(?:\d{1,6}w)?(?:\d{1,6}d)?(?:\d{1,6}h)?(?:\d{1,6}m)?(?:\d{1,6}s)?$/,
        "a duration is a number and s, m, h, d or w, like 15m or 1d12h",
      ),
    ),
  z.transform((text: string) =>
    [...text.matchAll(/(\d{1,6})([smhdw])/g)].reduce(
      (sum, [, number, unit = ""]) => sum + Number(number) * (UNIT_SECONDS[unit] ?? 0),
      0,
    ),
  ),
);
