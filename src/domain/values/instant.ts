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

const UNIT_SECONDS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const;

/** A duration as users write it (`90s`, `5m`, `2h`, `7d`, `1w`); its value is in seconds. */
export const Duration = z.pipe(
  z.string().check(z.regex(/^\d{1,6}[smhdw]$/, "a duration is a number and s, m, h, d or w, like 15m")),
  z.transform(
    (text: string) => Number(text.slice(0, -1)) * UNIT_SECONDS[text.slice(-1) as keyof typeof UNIT_SECONDS],
  ),
);
