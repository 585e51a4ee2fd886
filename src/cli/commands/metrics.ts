import { filterLog } from "../../domain/log.ts";
import { metrics as computeMetrics } from "../../domain/metrics/metrics.ts";
import { BY, type By, metricsBy } from "../../domain/metrics/metrics-by.ts";
import { timedRequests } from "../../domain/metrics/request-times.ts";
import { metricRows, shareRows } from "../../domain/metrics/rows.ts";
import { toInstant } from "../../domain/values/time.ts";
import { wrongCall } from "../../errors.ts";
import type { Command } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { sinceOf } from "../input/times.ts";
import { timesOf } from "../render/times.ts";
import { optionText } from "../submit.ts";

const SPREAD = "{count, p50?, p90?}";
/** The figures of all requests. */
export const METRICS = `at, since?, sessions {registered, active, idle, paused, offline}, collaborations {total, open, by_status {pending, accepted, in_progress, completed, declined, cancelled, expired}, response_seconds ${SPREAD}, accept_seconds ${SPREAD}, complete_seconds ${SPREAD}, completion_rate?, overdue, unanswered {count, oldest_seconds?}, left_out}, handovers {made, open, resumed}, refused {total, by_kind, whole_history}, load[] {session, open}, unassigned, weeks[] {week, made, completed, accept_seconds_p50?}`;
const HEADER = ["metric", "key", "value"];

export const metrics: Command = {
  usage: "",
  options: [
    ["--since <time>", "only requests since then: 30d (ago), mon, 2026-01-31 or an instant"],
    ["--by <session|skill>", "one row for each session or skill"],
    ["--csv", "print CSV, one figure on each row, durations in seconds"],
  ],
  notes: [
    "Times start when a request is made. p50 and p90 are values that occurred (nearest rank). A request counts for the",
    "skill it names, else for each specialization of the session that has it: --by skill may count a request twice.",
  ],
  examples: ["hive metrics --since 30d", "hive metrics --by session --csv"],
  prints: `${METRICS}, by?, rows?[] {key, asked?, received, answered, completed, open, response_seconds_p50?, complete_seconds_p50?}`,
  async run(context, _, options) {
    const { world, open } = context;
    const by = byOf(optionText(options.by));
    const since = await sinceOf(world, optionText(options.since));
    const { hive } = await open();
    const read = await hive.read(["settings", "sessions", "heartbeats", "collaborations", "archived"]);
    const now = toInstant(world.now());
    const timed = timedRequests(read.state, since, now);
    const { entries, isWhole } = hive.history.refusals(read);
    noteReading(context, read);
    const refusals = { entries: filterLog(entries, { since }), isWhole };
    const figures = computeMetrics(read.state, timed, refusals, { since, now });
    const shares = by && metricsBy(by, timed, read.state.sessions);
    const json = { ...figures, ...(by && { by, rows: shares }) };
    if (options.csv === true) {
      const { renderCsv } = await import("../render/csv.ts");
      const rows = by && shares ? shareRows(by, shares) : metricRows(figures);
      return { json, text: `${renderCsv([HEADER, ...rows])}\r`, isRaw: true };
    }
    const { renderMetrics, renderShares } = await import("../render/metrics.ts");
    const times = timesOf(context);
    return { json, text: by && shares ? renderShares(by, shares, times) : renderMetrics(figures, times) };
  },
};

function byOf(text: string | undefined): By | undefined {
  const by = BY.find((each) => each === text);
  if (text === undefined || by !== undefined) return by;
  throw wrongCall(`--by cannot be ${JSON.stringify(text)}.`, "Give --by session or --by skill.");
}
