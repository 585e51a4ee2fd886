import { filterLog } from "../../domain/log.ts";
import { metrics as weigh } from "../../domain/metrics/metrics.ts";
import { BY, type By, metricsBy } from "../../domain/metrics/metrics-by.ts";
import { timedRequests } from "../../domain/metrics/request-times.ts";
import { metricRows, shareRows } from "../../domain/metrics/rows.ts";
import { toInstant } from "../../domain/values/time.ts";
import { wrongCall } from "../../errors.ts";
import type { Command } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { sinceOf } from "../input/times.ts";
import { optionText } from "../submit.ts";

const SPREAD = "{count, p50, p90}";
const PRINTS = `at, since, sessions {registered, active, idle, offline}, collaborations {total, open, by_status {pending, accepted, in_progress, completed, declined, cancelled, expired}, response_seconds ${SPREAD}, accept_seconds ${SPREAD}, complete_seconds ${SPREAD}, completion_rate, unanswered {count, oldest_seconds}, left_out}, handovers {made, open, resumed}, refused {total, by_kind, whole_history}, load[] {session, open}, unassigned, weeks[] {week, made, completed, accept_seconds_p50}, by?, rows?[] {key, asked, received, answered, completed, open, response_seconds_p50, complete_seconds_p50}`;
const HEADER = ["metric", "key", "value"];

export const metrics: Command = {
  usage: "",
  options: [
    ["--since <time>", "only requests made since an instant, or a duration back, as 30d"],
    ["--by <session|skill>", "a row for each session, or for each skill"],
    ["--csv", "a figure a row, durations in seconds"],
  ],
  notes: [
    "Times run from the asking; p50 and p90 are values that occurred (nearest rank). A request is about the skill it",
    "names, else about each that who has it is specialized in: with --by skill one request may count more than once.",
  ],
  examples: ["hive metrics --since 30d", "hive metrics --by session --csv"],
  prints: PRINTS,
  async run(context, _, options) {
    const { world, open } = context;
    const by = byOf(optionText(options.by));
    const since = await sinceOf(world, optionText(options.since));
    const { hive } = await open();
    const read = await hive.read(["settings", "sessions", "heartbeats", "collaborations", "archived"]);
    noteReading(context, read);
    const now = toInstant(world.now());
    const timed = timedRequests(read.state, since, now);
    const { entries, isWhole } = hive.refusals(read);
    const refusals = { entries: filterLog(entries, { since }), isWhole };
    const figures = weigh(read.state, timed, refusals, { since, now });
    const shares = by && metricsBy(by, timed, read.state.sessions);
    const json = { ...figures, ...(by && { by, rows: shares }) };
    if (options.csv === true) {
      const { renderCsv } = await import("../render/csv.ts");
      const rows = by && shares ? shareRows(by, shares) : metricRows(figures);
      return { json, text: `${renderCsv([HEADER, ...rows])}\r` };
    }
    const { renderMetrics, renderShares } = await import("../render/metrics.ts");
    return { json, text: by && shares ? renderShares(by, shares) : renderMetrics(figures) };
  },
};

function byOf(text: string | undefined): By | undefined {
  const by = BY.find((each) => each === text);
  if (text === undefined || by !== undefined) return by;
  throw wrongCall(`${JSON.stringify(text)} is nothing to go by.`, "As in: --by session, or --by skill");
}
