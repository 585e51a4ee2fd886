import { execFile } from "node:child_process";
import process from "node:process";
import { promisify } from "node:util";
import { Sandbox } from "../support/sandbox.ts";
import { bundlePrograms } from "./bundle.ts";
import { bareVariables, timed } from "./live-world.ts";
import { fillOldHub, type HubSize, READER } from "./old-hub.ts";
import { median, rotated } from "./statistics.ts";

/**
 * Reading as whole processes on hubs of 100, 1 000 and 10 000 sessions with 100 000 messages behind them, and of
 * 1 000 sessions with 1 000 messages: cold, on a host that knows nothing yet, and warm. Beside bare Node, `git log -1`
 * and naive bash on a checkout of the same hub: `git pull`, then grep and jq over all files, each called once.
 * Usage: npm run bench:read [-- --json] [--quick]
 */

const REACH_MS = 150;
const isQuick = process.argv.includes("--quick");
const ROUNDS = isQuick ? 3 : 7;
const FEW_ROUNDS = isQuick ? 1 : 3;
const SIZES: readonly HubSize[] = isQuick
  ? [size(100, 2000), size(1000, 2000), size(1000, 200)]
  : [size(100, 100_000), size(1000, 100_000), size(10_000, 100_000), size(1000, 1000)];

interface Case {
  readonly name: string;
  readonly argv: readonly string[];
  readonly bash: string;
}

const PULL = "git pull --quiet";
const CASES: readonly Case[] = [
  {
    name: "sync",
    argv: ["sync"],
    bash: `${PULL}; jq -r '[.id,.status,.role,.current_work]|@tsv' SESSIONS/*.json; jq -r '[.session_id,.last_heartbeat]|@tsv' HEARTBEATS/*.json`,
  },
  {
    name: "inbox",
    argv: ["inbox"],
    bash: `${PULL}; grep -rlE '^to: "(all|${READER})"' MESSAGES | sort -r | head -20 | xargs cat; grep -rl '"to_session": "${READER}"' ACTIVE || true`,
  },
  {
    name: "find-help",
    argv: ["find-help", "kafka"],
    bash: `${PULL}; grep -il kafka SESSIONS/*.json`,
  },
  {
    name: "match",
    argv: ["match", "Build a dashboard for the analytics service"],
    bash: `${PULL}; for word in dashboard analytics service; do grep -ilw "$word" SESSIONS/*.json; done | sort | uniq -c | sort -rn | head -5`,
  },
];

const run = promisify(execFile);
const sandbox = new Sandbox();
const home = sandbox.folder("home");
const { main } = await bundlePrograms(sandbox.folder("programs"));

function size(sessions: number, messages: number): HubSize {
  return { sessions, messages };
}

function processOf(file: string, argv: readonly string[], cwd: string, env = bareVariables(home)) {
  return run(file, argv, { cwd, env, maxBuffer: 2 ** 28 });
}

/** Runs our command on a host of this name. */
function hive(hub: string, argv: readonly string[], host: string) {
  const env = {
    ...bareVariables(home),
    HIVE_STATE_DIR: sandbox.folder("hosts", host),
    HIVE_HUB: `file://${hub}`,
    HIVE_SESSION: READER,
  };
  return processOf(process.execPath, [main, ...argv], sandbox.folder("work"), env);
}

/** A hub, and a checkout of it for bash. */
interface Place extends HubSize {
  readonly name: string;
  readonly hub: string;
  readonly checkout: string;
}

async function makePlace({ sessions, messages }: HubSize): Promise<Place> {
  const name = `${sessions} sessions, ${messages} messages`;
  const hub = await sandbox.bareHub(`hub-${sessions}-${messages}`);
  await fillOldHub(hub, { sessions, messages });
  const checkout = sandbox.folder("checkouts", `${sessions}-${messages}`);
  await processOf("git", ["clone", "--quiet", `file://${hub}`, "."], checkout);
  return { name, hub, checkout: `${checkout}/coordination`, sessions, messages };
}

/** Median milliseconds by place and contender, all of them in turns. */
type Times = Readonly<Record<string, Readonly<Record<string, number>>>>;
type Contender = (place: Place) => Promise<unknown>;

async function measure(
  places: readonly Place[],
  acts: Readonly<Record<string, Contender>>,
  rounds: number,
): Promise<Times> {
  const runs = places.flatMap((place) =>
    Object.entries(acts).map(([name, act]) => ({ place, name, act, took: [] as number[] })),
  );
  for (let round = 0; round < rounds; round++)
    for (const { place, act, took } of rotated(runs, round)) took.push(await timed(() => act(place)));
  return Object.fromEntries(
    places.map((place) => {
      const own = runs.filter((each) => each.place === place);
      return [place.name, Object.fromEntries(own.map(({ name, took }) => [name, median(took)]))];
    }),
  );
}

function byCase(act: (place: Place, each: Case) => Promise<unknown>): Record<string, Contender> {
  return Object.fromEntries(CASES.map((each) => [each.name, (place) => act(place, each)]));
}

let hosts = 0;

async function readOnNewHost({ hub }: Place, { argv }: Case): Promise<void> {
  await hive(hub, argv, `cold-${++hosts}`);
}

async function measureAll() {
  const places: Place[] = [];
  for (const each of SIZES) places.push(await makePlace(each));
  for (const { hub, name } of places) for (const { argv } of CASES) await hive(hub, argv, name);
  const warm = await measure(
    places,
    {
      "bare node": ({ checkout }) => processOf(process.execPath, ["-e", "0"], checkout),
      "git log -1": ({ checkout }) => processOf("git", ["log", "-1"], checkout),
      ...byCase(({ hub, name }, { argv }) => hive(hub, argv, name)),
    },
    ROUNDS,
  );
  const bash = await measure(
    places,
    byCase(({ checkout }, each) => processOf("bash", ["-c", each.bash], checkout)),
    FEW_ROUNDS,
  );
  const cold = await measure(places, byCase(readOnNewHost), FEW_ROUNDS);
  return { places: places.map(({ name }) => name), warm, cold, bash };
}

type Report = Awaited<ReturnType<typeof measureAll>>;

/** How many times as long everything takes in one place as in another. */
function growth(times: Times, from = "", to = ""): string {
  const shown = CASES.map(({ name }) => {
    const ratio = (times[to]?.[name] ?? Number.NaN) / (times[from]?.[name] ?? Number.NaN);
    return `${name} ${ratio.toFixed(2)} x`;
  });
  return `${to}, against ${from}: ${shown.join(", ")}`;
}

function print({ places, warm, cold, bash }: Report): void {
  const lines = places.flatMap((place) => {
    const [ours, first, theirs] = [warm[place] ?? {}, cold[place] ?? {}, bash[place] ?? {}];
    const node = ours["bare node"] ?? Number.NaN;
    const shown = CASES.map(({ name }) => {
      const took = ours[name] ?? Number.NaN;
      const over = `${ms(took)} warm (${ms(took - node)} over node), ${ms(first[name])} cold`;
      return `  ${name.padEnd(10)} ${over}; bash ${ms(theirs[name])}, ${((theirs[name] ?? 0) / took).toFixed(1)} x as long`;
    });
    return [`${place}: bare node ${ms(node)}, git log -1 ${ms(ours["git log -1"])}`, ...shown];
  });
  const [small, middle, large, young] = isQuick ? [places[0], places[1], places[1], places[2]] : places;
  const { inbox = Number.NaN, "bare node": node = Number.NaN } = warm[large ?? ""] ?? {};
  const verdict = inbox - node <= REACH_MS ? "reached" : "MISSED";
  process.stdout.write(
    [
      ...lines,
      growth(warm, small, large),
      growth(warm, young, middle),
      `  ${verdict}: inbox ${ms(inbox - node)} over bare node (at most ${REACH_MS} ms)`,
      "",
    ].join("\n"),
  );
}

function ms(value = Number.NaN): string {
  return `${value.toFixed(0)} ms`;
}

const report = await measureAll().finally(() => sandbox.close());
if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify(report)}\n`);
else print(report);
