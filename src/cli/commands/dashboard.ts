import type { Hive } from "../../app/hive/hive.ts";
import type { Dashboard } from "../../domain/dashboard/dashboard.ts";
import type { PackedPast } from "../../domain/dashboard/past.ts";
import type { Unanswered } from "../../domain/dashboard/waiting.ts";
import { entriesNamed, type LogEntry } from "../../domain/log.ts";
import { count } from "../../domain/values/count.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { makeVisible } from "../../domain/values/visible.ts";
import { HiveError, wrongCall } from "../../errors.ts";
import type { World } from "../../world.ts";
import type { Command, Context, Options } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { FILE, type Form, type Output, outputsOf, PRINTED } from "../input/dashboard-outputs.ts";
import { sinceOf } from "../input/times.ts";
import type { Serving } from "../serve/serve-dashboard.ts";
import { optionText } from "../submit.ts";
import { METRICS } from "./metrics.ts";

const HOLDER = "{session, presence, key, until, note?}";
/** A node of the tree of claims. Its children are nodes as well. */
const NODE = `{name, holders[] ${HOLDER}, children[]}`;

/** The fields of the state that is shown. */
export const DASHBOARD_FIELDS = `at, hub, commit, redacted, outdated?, seen_at?, unreadable, unanswered[] {kind, id, from, to, text, urgency, since, stuck?, seen?, next}, silent[] {id, presence, last_heartbeat?, work, claims[] {key, until}, requests[] {id, from, text}, next}, overlaps[] {claims[] {key, session, target, until}, next}, sessions[] {id, name, role, presence, working, status, work, projects[], last_heartbeat?, away?, holds {claims, requests}, unused}, summary {total, active, idle, paused, offline, working, holding}, requests[] {id, status, from, to, text, urgency, since, limit?, evidence?, next}, claims {keys[] ${NODE}, projects[] ${NODE}}, events[] {at, text, kind, commit, session?, request?}, week {zone, days[], now[], sessions[] {id, hours?, away?, days[]}, always[]}, skills[] {skill, offers[] {id, presence, completed}, needs, next}, metrics {${METRICS}}`;

export const dashboard: Command = {
  usage: "",
  options: [
    ["--out <file>", `write the page to this file (${FILE}); - prints it`],
    ["--markdown <file>", "write a summary in Markdown, as for the summary of a workflow's job; - prints it"],
    ["--badge <file>", "write a picture (SVG) that says how many are alive and open; - prints it"],
    ["--redact", "leave out what sessions and people wrote in their own words, and the past"],
    ["--open", "open the page in the browser of this machine"],
    ["--serve", "serve the page to browsers of this machine, and keep it up to date, until stopped"],
    ["--port <number>", "with --serve: the port (a free one)"],
    ["--allow-writes", "with --serve: let the page run commands that answer, send and tidy, as this session"],
    [
      "--at <moment>",
      "show the hub as it was at a time (9:00, yesterday, 2h), or after an operation or a commit",
    ],
  ],
  notes: [
    "The page is one file that needs no network and no server: open it from disk, mail it, attach it. Its slider goes back",
    "over the last 2,000 commits. It has the texts of requests and the log, so whoever gets it reads them: --redact leaves",
    "them out. The page is not written where only --markdown, --badge or --json is given.",
  ],
  examples: [
    "hive dashboard --open",
    "hive dashboard --out /tmp/hive.html",
    "hive dashboard --serve --open",
    "hive dashboard --at 9:00",
    "hive dashboard --redact --badge hive.svg --markdown -",
    "hive dashboard --json",
  ],
  undo: "none needed: the hub stays as it is, and the file can be deleted",
  prints: `${DASHBOARD_FIELDS}, file?, badge?, markdown?; or of --serve: url`,
  doing: "Reading the hub",
  async run(context, _, options) {
    const { world, io, open } = context;
    const outputs = outputsOf(options, world.directory, io.isJson);
    const serving = servingOf(options);
    if (serving !== undefined) {
      const { serveDashboard } = await import("../serve/serve-dashboard.ts");
      return serveDashboard(context, serving);
    }
    const files = outputs.filter(({ path }) => path !== PRINTED);
    const { refuseOther, writeOutput } = await import("../dashboard-file.ts");
    for (const file of files) refuseOther(file);
    const { hive } = await open();
    const shown = await read(context, hive, optionText(options.at));
    const { state, past } = options.redact === true ? await redacted(shown) : shown;
    const made = new Map<Output, string>();
    for (const output of outputs) made.set(output, await make(output.form, state, past));
    for (const file of files) writeOutput(file, made.get(file) ?? "", await world.newId());
    const page = files.find(({ form }) => form === "out");
    if (options.open === true && page !== undefined && !(await world.openFile(page.path)))
      io.note(`No program here opens it. Open it in a browser: ${page.path}`);
    const printed = outputs.find(({ path }) => path === PRINTED);
    if (printed !== undefined) return { json: state, text: made.get(printed) ?? "", isRaw: true };
    const paths = files.map(({ path }) => makeVisible(path)).join("\n");
    return {
      json: { ...state, ...Object.fromEntries(files.map(({ form, path }) => [FIELDS[form], path])) },
      text: `${paths}\n${describe(state)}`,
      id: paths,
    };
  },
};

/** Where `--json` says which files were written. */
const FIELDS = { out: "file", badge: "badge", markdown: "markdown" } as const satisfies Record<Form, string>;

/** The text of a form. */
async function make(form: Form, state: Dashboard, past: Shown["past"]): Promise<string> {
  if (form === "badge") return (await import("../../domain/dashboard/badge.ts")).badge(state);
  if (form === "markdown") return (await import("../../domain/dashboard/summary.ts")).summaryOf(state);
  const { fillPage } = await import("../../dashboard/fill-page.ts");
  return fillPage(state, { past: await past() });
}

/** The past has the files themselves, so it is left out as a whole. */
async function redacted({ state }: Shown): Promise<Shown> {
  const { redact } = await import("../../domain/dashboard/redact.ts");
  return { state: redact(state), past: async () => undefined };
}

/** What a page shows. The past is read only for a page, because it takes longer. */
interface Shown {
  readonly state: Dashboard;
  past(): Promise<PackedPast | undefined>;
}

/** How to serve the page; undefined where it is to be written. Throws HiveError. */
function servingOf({ serve, port, allowWrites, open, timeout, ...others }: Options): Serving | undefined {
  if (serve !== true && (port !== undefined || allowWrites === true))
    throw wrongCall(
      "--port and --allow-writes go with --serve.",
      "Example: hive dashboard --serve --port 8470",
    );
  if (serve !== true) return undefined;
  const file = ["out", "badge", "markdown", "redact", "at"].find((name) => others[name] !== undefined);
  if (file !== undefined)
    throw wrongCall(
      `--serve shows the newest state as it is and writes no file, so it does not go with --${file}.`,
      "Example: hive dashboard --serve --open",
    );
  if (timeout !== undefined)
    throw wrongCall("--serve runs until it is stopped, and takes no --timeout.", "Leave out --timeout.");
  return { port: portOf(optionText(port)), writes: allowWrites === true, opens: open === true };
}

/** Throws HiveError for a text that is no port. */
function portOf(text: string | undefined): number {
  if (text === undefined) return 0;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw wrongCall(`${JSON.stringify(text)} is no port.`, "Example: hive dashboard --serve --port 8470");
}

/** The state to show, and what was before it. With `--at`, the state of that moment alone. */
async function read(context: Context, hive: Hive, moment: string | undefined): Promise<Shown> {
  const { world, globals } = context;
  const { packPast, readDashboard, readPast } = await import("../../app/dashboard.ts");
  if (moment === undefined) {
    const { reading, shown } = await readDashboard(world, hive, globals.offline === true);
    noteReading(context, reading);
    return { state: shown, past: async () => packPast((await readPast(world, hive)).past) };
  }
  const { commit, at } = await findMoment(world, hive, moment);
  const { reading, past } = await readPast(world, hive, commit);
  noteReading(context, reading);
  const { dashboardOf } = await import("../../domain/dashboard/past.ts");
  return { state: dashboardOf(past, 0, at), past: async () => undefined };
}

/** The commit that was the newest at a moment: a time, an operation's id, or a commit. Throws HiveError. */
async function findMoment(
  world: World,
  hive: Hive,
  text: string,
): Promise<{ readonly commit: string; readonly at?: Instant }> {
  const { entries } = await hive.history.entries([]);
  const found = entriesNamed(entries, text);
  if (found.length > 1) throw severalMoments(text, found);
  const [entry] = found;
  if (entry !== undefined) return { commit: entry.commit };
  const at = await sinceOf(world, text);
  const before = entries.find((each) => at !== undefined && Date.parse(each.at) <= Date.parse(at));
  const first = entries.at(-1);
  if (before === undefined || at === undefined)
    throw new HiveError(
      "nothing_then",
      `Nothing had landed at ${at}${first === undefined ? "" : `: the first operation is of ${first.at}`}.`,
      "See the times of all operations: hive log",
      { failure: "usage" },
    );
  return { commit: before.commit, at };
}

function severalMoments(text: string, [one, other]: readonly LogEntry[]): HiveError {
  const names = [one, other].map((entry) => `${entry?.op ?? entry?.commit} (${entry?.kind})`);
  return wrongCall(`${JSON.stringify(text)} names several operations.`, `Among them: ${names.join(", ")}`);
}

function describe({ unanswered, silent, overlaps, summary }: Dashboard): string {
  const facts = [
    count(summary.total, "session"),
    ...describeStuck(unanswered),
    ...(silent.length > 0 ? [`${silent.length} silent but holding something`] : []),
    ...(overlaps.length > 0 ? [count(overlaps.length, "overlap")] : []),
  ];
  return facts.join(", ");
}

/** What needs a person: what sessions ask their humans, and what no session is about to answer. */
function describeStuck(unanswered: Dashboard["unanswered"]): string[] {
  const stuck = (kind: Unanswered["kind"]) =>
    unanswered.filter((each) => each.kind === kind && each.stuck !== null).length;
  const [needs, requests, questions] = [stuck("need"), stuck("request"), stuck("question")];
  const silent = [
    ...(requests > 0 ? [count(requests, "request")] : []),
    ...(questions > 0 ? [count(questions, "question")] : []),
  ].join(" and ");
  if (needs === 0 && silent === "") return ["nothing waits for a person"];
  return [
    ...(needs > 0 ? [`${count(needs, "question")} to a person (hive needs)`] : []),
    ...(silent === "" ? [] : [`${silent} that no session is about to answer (first in the page)`]),
  ];
}
