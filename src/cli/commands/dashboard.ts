import { resolve } from "node:path";
import type { Hive } from "../../app/hive/hive.ts";
import { zoneOf } from "../../app/zone.ts";
import {
  DASHBOARD_PARTS,
  type Dashboard,
  dashboard as dashboardOf,
  MAX_EVENTS,
} from "../../domain/dashboard/dashboard.ts";
import { count } from "../../domain/values/count.ts";
import { toInstant } from "../../domain/values/time.ts";
import { makeVisible } from "../../domain/values/visible.ts";
import { wrongCall } from "../../errors.ts";
import type { Command, Context } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { optionText } from "../submit.ts";
import { METRICS } from "./metrics.ts";

/** The file in the current folder that is written without `--out`. */
const FILE = "dashboard.html";

const HOLDER = "{session, presence, key, until, note?}";
/** A node of the tree of claims. Its children are nodes as well. */
const NODE = `{name, holders[] ${HOLDER}, children[]}`;

export const dashboard: Command = {
  usage: "",
  options: [
    ["--out <file>", `write the page to this file (${FILE}); - prints it`],
    ["--open", "open the page in the browser of this machine"],
  ],
  notes: [
    "The page is one file that needs no network and no server: open it from disk, mail it, attach it. It shows one moment. It",
    "has the texts of requests and the log, so whoever gets it reads them. With --json nothing is written without --out.",
  ],
  examples: ["hive dashboard --open", "hive dashboard --out /tmp/hive.html", "hive dashboard --json"],
  undo: "none needed: the hub stays as it is, and the file can be deleted",
  prints: `at, hub, commit, outdated?, seen_at?, unreadable, unanswered[] {kind, id, from, to, text, urgency, since, stuck?, seen?, next}, silent[] {id, presence, last_heartbeat?, work, claims[] {key, until}, requests[] {id, from, text}, next}, overlaps[] {claims[] {key, session, target, until}, next}, sessions[] {id, name, role, presence, working, status, work, projects[], last_heartbeat?, away?, holds {claims, requests}, unused}, summary {total, active, idle, paused, offline, working, holding}, requests[] {id, status, from, to, text, urgency, since, limit?, evidence?, next}, claims {keys[] ${NODE}, projects[] ${NODE}}, events[] {at, text, kind, commit}, week {zone, days[], now[], sessions[] {id, hours?, away?, days[]}, always[]}, skills[] {skill, offers[] {id, presence, completed}, needs, next}, metrics {${METRICS}}, file?`,
  doing: "Reading the hub",
  async run(context, _, options) {
    const { world, io, open } = context;
    const out = optionText(options.out);
    if (out === "-" && (io.isJson || options.open === true))
      throw wrongCall(
        `--out - prints the page, so it does not go with ${io.isJson ? "--json" : "--open"}.`,
        "Name a file: hive dashboard --out <file>",
      );
    const isFile = out !== "-" && !(io.isJson && out === undefined && options.open !== true);
    const path = resolve(world.directory, out ?? FILE);
    const { refuseOther, writePage } = await import("../page-file.ts");
    if (isFile) refuseOther(path);
    const { hive } = await open();
    const state = await read(context, hive);
    const { fillPage } = await import("../../dashboard/fill-page.ts");
    if (!isFile) return { json: state, text: io.isJson ? "" : fillPage(state), isRaw: true };
    writePage(path, fillPage(state), await world.newId());
    if (options.open === true && !(await world.openFile(path)))
      io.note(`No program here opens it. Open it in a browser: ${path}`);
    return { json: { ...state, file: path }, text: describe(state, path), id: makeVisible(path) };
  },
};

async function read(context: Context, hive: Hive): Promise<Dashboard> {
  const { world } = context;
  const reading = await hive.read(DASHBOARD_PARTS);
  noteReading(context, reading);
  const { entries } = await hive.history([], MAX_EVENTS);
  const { state, commit, outdated, findings } = reading;
  const seenAt = outdated || context.globals.offline === true ? (reading.seenAt ?? hive.lastSeen) : undefined;
  const source = {
    hub: hive.name,
    commit,
    outdated: outdated?.message ?? null,
    seen_at: seenAt ?? null,
    unreadable: findings.length,
  };
  const now = toInstant(world.now());
  return dashboardOf({ state, entries, refusals: hive.refusals(reading), source }, zoneOf(world), now);
}

function describe({ unanswered, silent, overlaps, summary }: Dashboard, path: string): string {
  const stuck = unanswered.filter((each) => each.stuck !== null).length;
  const facts = [
    count(summary.total, "session"),
    `${stuck === 0 ? "nothing waits" : `${stuck} ${stuck === 1 ? "waits" : "wait"}`} for a person`,
    ...(silent.length > 0 ? [`${silent.length} silent but holding something`] : []),
    ...(overlaps.length > 0 ? [count(overlaps.length, "overlap")] : []),
  ];
  return `${makeVisible(path)}\n${facts.join(", ")}`;
}
