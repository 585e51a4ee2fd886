import { readSince, readUntil } from "../../app/until.ts";
import { plainDuration } from "../../domain/time/plain-time.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { secondsBetween, toInstant } from "../../domain/values/time.ts";
import { wrongCall } from "../../errors.ts";
import type { World } from "../../world.ts";
import type { Options } from "../command.ts";
import { optionText } from "../submit.ts";

type OptionRow = readonly [flags: string, description: string];

const DURATION_EXAMPLES = "Examples: --for 30m, --for 4h, --for 1d12h";

/** The two options of every command that has an end. `ends` says what ends, `otherwise` what is so without them. */
export function endOptions(ends: string, otherwise?: string): readonly [OptionRow, OptionRow] {
  const standard = otherwise === undefined ? "" : ` (${otherwise})`;
  return [
    [
      "--until <time>",
      `when ${ends}: 17:00, tomorrow (its end), "fri 9:00", "2026-12-01 14:00" or an instant${standard}`,
    ],
    ["--for <duration>", `instead of --until: how long from now, such as 30m, 4h or 1d12h`],
  ];
}

/**
 * Returns the end that `--until`, `--for` or `--deadline` gives; undefined without one. `words` are the command's text: a
 * time of two words without quotes would leave the second one there. Throws HiveError.
 */
export async function endOf(
  world: World,
  options: Options,
  words: readonly string[] = [],
): Promise<Instant | undefined> {
  const given = ["until", "for", "deadline"].filter((name) => optionText(options[name]) !== undefined);
  const [name, other] = given;
  if (name === undefined) return undefined;
  if (other !== undefined)
    throw wrongCall(`--${name} and --${other} exclude each other.`, "Give one of them.");
  const typed = optionText(options[name]) ?? "";
  const text = name === "for" ? plainDuration(typed) : typed;
  const last = words.at(-1) ?? "";
  if (/^(?:\p{L}+|\d{4}-\d\d-\d\d)$/u.test(text) && /^\d{1,2}:\d\d$/.test(last))
    throw wrongCall(
      `${last} is the last word of the text, not of the time.`,
      `Quote the time: --${name} "${text} ${last}"`,
    );
  if (name === "for") await refuseUnlessDuration(text);
  return readUntil(world, text);
}

/** Returns the length of a lease as operations take it, and its end if `--until` gives it. Throws HiveError. */
export async function leaseOf(
  world: World,
  options: Options,
): Promise<{ for?: string | undefined; until?: Instant | undefined }> {
  const until = await endOf(world, options);
  const length = optionText(options.for);
  if (options.until === undefined || until === undefined)
    return { for: length === undefined ? undefined : plainDuration(length) };
  const seconds = secondsBetween(toInstant(world.now()), until);
  if (seconds <= 0)
    throw wrongCall(`${JSON.stringify(options.until)} has passed: it is ${until}.`, "Example: --until 17:00");
  return { until, for: `${Math.min(seconds, MAX_SECONDS)}s` };
}

/** The longest duration in seconds that a duration can be written with. */
const MAX_SECONDS = 999_999;

async function refuseUnlessDuration(text: string): Promise<void> {
  const { Duration } = await import("../../domain/values/instant.ts");
  const { success, error } = Duration.safeParse(text);
  if (success) return;
  throw wrongCall(
    `--for: ${error.issues[0]?.message}.`,
    `${DURATION_EXAMPLES}. For an instant: --until ${JSON.stringify(text)}`,
  );
}

/** Returns the instant of `--since`; undefined without a text. Throws HiveError on any other text. */
export function sinceOf(world: World, text: string | undefined): Promise<Instant | undefined> {
  return readSince(world, text);
}
