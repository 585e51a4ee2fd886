import process from "node:process";
import { Hive } from "../../src/app/hive/hive.ts";
import { parseSession } from "../../src/app/workplace/workplace.ts";
import { Host } from "../../src/store/host/state-directory.ts";
import { parseHubAddress } from "../../src/store/hub/address.ts";
import type { World } from "../../src/world.ts";
import { makeWorld, seeded } from "../support/test-world.ts";
import { Arena, type Traffic } from "./arena.ts";

/**
 * What a team at ordinary use costs a hosted remote: 20 hosts with 5 sessions each, an act every 2 minutes and a
 * heartbeat every 5 a session, on a virtual clock, over the real code and a real hub on disk. Each event is a command
 * of its own, as from a shell: it opens the hub, submits and closes. The events come in random order, the same in
 * every run, one after the other: at this rate commands hardly ever meet, but a host seldom knows the newest commit.
 * Usage: npm run bench:budget [-- --json] [--quick]
 */

/** What GitHub recommends at most for a repository: docs.github.com, "Repository limits". */
const RECOMMENDED_PUSHES_PER_MINUTE = 6;
const MINUTE_MS = 60_000;
const ACT_EVERY_MS = 2 * MINUTE_MS;
const BEAT_EVERY_MS = 5 * MINUTE_MS;

const isQuick = process.argv.includes("--quick");
const hosts = isQuick ? 4 : 20;
const sessionsOfAHost = isQuick ? 2 : 5;
const minutes = isQuick ? 5 : 10;

interface Event {
  readonly at: number;
  readonly host: string;
  readonly session: string;
  readonly kind: "broadcast" | "heartbeat";
}

/** What happened in one minute. */
type Minute = { -readonly [Key in keyof Traffic]: Traffic[Key] };

const random = seeded("budget");

/** About one event in every period, at any moment of it. */
function eventsOf(host: string, session: string, kind: Event["kind"], period: number): Event[] {
  const events: Event[] = [];
  for (let at = random() * period; at < minutes * MINUTE_MS; at += period * (0.5 + random()))
    events.push({ at: Math.floor(at), host, session, kind });
  return events;
}

function plan(): { names: string[]; events: Event[] } {
  const sessions = Array.from({ length: hosts * sessionsOfAHost }, (_, index) => ({
    session: `session-${index + 1}-bench`,
    host: `host-${(index % hosts) + 1}`,
  }));
  const events = sessions.flatMap(({ host, session }) => [
    ...eventsOf(host, session, "broadcast", ACT_EVERY_MS),
    ...eventsOf(host, session, "heartbeat", BEAT_EVERY_MS),
  ]);
  return { names: sessions.map(({ session }) => session), events: events.sort((a, b) => a.at - b.at) };
}

function worldOf(arena: Arena, host: string, clock: { now: number }): World {
  const env = { ...arena.env, HIVE_STATE_DIR: arena.folder("hosts", host) };
  return makeWorld({ env, directory: arena.folder("work"), home: arena.folder("home"), random }, clock);
}

/** One command; what became of its operation. */
async function act(arena: Arena, world: World, { session, kind, at }: Event): Promise<string> {
  const address = parseHubAddress(arena.address, world.directory);
  const hive = await Hive.open(world, new Host(world.env, world.home), address);
  try {
    const by = parseSession(session);
    const submitted =
      kind === "heartbeat"
        ? await hive.submit("heartbeat", {}, by)
        : await hive.submit("broadcast", { text: `${session} at ${at}`, priority: "normal" }, by);
    if (submitted.kind === "landed" && submitted.commit === null) return "nothing";
    return submitted.kind;
  } finally {
    hive.close();
  }
}

async function simulate(arena: Arena, events: readonly Event[], start: number) {
  const clock = { now: start };
  const worlds = new Map<string, World>();
  const perMinute = Array.from({ length: minutes }, (): Minute => ({ pushes: 0, fetches: 0, bytes: 0 }));
  const outcomes: Record<string, number> = {};
  for (const event of events) {
    const world = worlds.get(event.host) ?? worldOf(arena, event.host, clock);
    worlds.set(event.host, world);
    clock.now = Math.max(clock.now, start + event.at);
    const before = await arena.traffic();
    const outcome = `${event.kind} ${await act(arena, world, event)}`;
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    const minute = perMinute[Math.floor(event.at / MINUTE_MS)];
    if (!minute) continue;
    const after = await arena.traffic();
    for (const key of ["pushes", "fetches", "bytes"] as const) minute[key] += after[key] - before[key];
  }
  return { perMinute, outcomes };
}

/** The operations and commits that came after a commit: of all, and of the commits that hold heartbeats only. */
async function countCommits(arena: Arena, since: string) {
  const history = await arena.sandbox.history(arena.hub);
  const commits = history.slice(history.findIndex(({ commit }) => commit === since) + 1);
  const operations = commits.map(({ op, kind }) => ({ count: op.split(" ").length, kind }));
  const sum = (counts: readonly { count: number }[]) => counts.reduce((total, { count }) => total + count, 0);
  const beats = operations.filter(({ kind }) => kind.split(" ").every((each) => each === "heartbeat"));
  return {
    commits: commits.length,
    operations: sum(operations),
    heartbeat_commits: beats.length,
    heartbeats_landed: sum(beats),
    heartbeats_that_shared_a_commit: sum(beats.filter(({ count }) => count > 1)),
  };
}

async function main(): Promise<void> {
  const { names, events } = plan();
  const arena = await Arena.open(names);
  const report = await measure(arena, names.length, events).finally(() => arena.close());
  if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify(report)}\n`);
  else show(report);
}

async function measure(arena: Arena, sessions: number, events: readonly Event[]) {
  const since = await arena.sandbox.git(arena.hub, "rev-parse", "main");
  const moves = await arena.moves();
  // By then no registration counts as a sign of life any more.
  const { perMinute, outcomes } = await simulate(arena, events, Date.now() + 2 * MINUTE_MS);
  const total = (key: keyof Minute) => perMinute.reduce((sum, minute) => sum + minute[key], 0);
  const counted = await countCommits(arena, since);
  const acts = events.filter(({ kind }) => kind === "broadcast").length;
  return {
    hosts,
    sessions,
    minutes,
    acts_per_minute: acts / minutes,
    heartbeats_per_minute: (events.length - acts) / minutes,
    pushes_per_minute: total("pushes") / minutes,
    pushes_that_moved_the_branch_per_minute: ((await arena.moves()) - moves) / minutes,
    pushes_in_the_worst_minute: Math.max(...perMinute.map(({ pushes }) => pushes)),
    fetches_per_minute: total("fetches") / minutes,
    pushes_per_operation: total("pushes") / counted.operations,
    hub_bytes_per_operation_before_gc: total("bytes") / counted.operations,
    recommended_pushes_per_minute: RECOMMENDED_PUSHES_PER_MINUTE,
    ...counted,
    outcomes,
  };
}

function show({ outcomes, ...figures }: { outcomes: Record<string, number> }): void {
  const lines = [...Object.entries(figures), ...Object.entries(outcomes)].map(
    ([name, value]) =>
      `${String(Math.round(Number(value) * 100) / 100).padStart(8)}  ${name.replaceAll("_", " ")}`,
  );
  process.stdout.write(`${lines.join("\n")}\n`);
}

void main();
