import { execFile } from "node:child_process";
import process from "node:process";
import { promisify } from "node:util";
import { joinHub } from "../../src/app/workplace/join.ts";
import { parseSession } from "../../src/app/workplace/workplace.ts";
import { openHttpHub } from "../support/http-hub.ts";
import { Sandbox } from "../support/sandbox.ts";
import { bundlePrograms } from "./bundle.ts";
import { CountingProxy } from "./counting-proxy.ts";
import { bareVariables, liveWorld, timed } from "./live-world.ts";
import { addHeartbeats } from "./many-beats.ts";
import { bytesIn } from "./sizes.ts";
import { median, rotated } from "./statistics.ts";

/**
 * `join` with its first sync on a hub of 100 000 commits and 100 sessions, on a host that knows nothing yet, against
 * one `git fetch` that finds nothing new on the same remote, as a process, in a bare repository of its own. In process:
 * `joinHub`, which reads what `sync` shows. As a whole process: `hive join`, with bare Node beside it. Usage: npm run bench:join [-- --json] [--quick]
 */

const REACH = { times: 2, bytes: 2_000_000 };
const isQuick = process.argv.includes("--quick");
const COMMITS = isQuick ? 2000 : 100_000;
const ROUNDS = isQuick ? 3 : 7;
const SESSIONS = Array.from({ length: 100 }, (_, index) => `session-${index + 1}-bench`);

const run = promisify(execFile);
const sandbox = new Sandbox();

interface Place {
  readonly name: string;
  readonly url: string;
  /** What a plain git needs to get in, and no more requests than ours. */
  readonly login: readonly string[];
  received(): number;
}

async function makeHub(): Promise<string> {
  const hub = await sandbox.bareHub();
  const hive = await sandbox.hive(hub, sandbox.host("set-up", { now: Date.now }));
  await hive.submit("init", {}, parseSession("session-1-bench"));
  for (const session of SESSIONS) await hive.submit("register", {}, parseSession(session));
  hive.close();
  await addHeartbeats(hub, SESSIONS, COMMITS);
  await sandbox.git(hub, "gc", "--quiet");
  return hub;
}

async function httpPlace(delay: number): Promise<Place> {
  const server = new URL((await openHttpHub(sandbox, delay === 0 ? {} : { delay })).url());
  const proxy = new CountingProxy(Number(server.port));
  sandbox.atEnd(() => proxy.close());
  server.port = String(await proxy.listen());
  const login = Buffer.from(`${server.username}:${decodeURIComponent(server.password)}`).toString("base64");
  return {
    name: `smart HTTP, ${delay} ms a request`,
    url: server.href,
    login: ["-c", `http.extraHeader=Authorization: Basic ${login}`],
    received: () => proxy.received,
  };
}

let joins = 0;

/** A host that was never seen: its variables, and a directory to work in. */
function newHost() {
  const name = `join-${++joins}`;
  const state = sandbox.folder("hosts", name);
  const home = sandbox.folder("home");
  const env = { ...bareVariables(home), HIVE_STATE_DIR: state };
  return { env, home, state, directory: sandbox.folder("projects", name) };
}

/** The times of each contender, and what the last join left and received. */
async function measure(place: Place, main: string) {
  const bare = sandbox.folder("fetching", String(joins));
  const git = (...argv: string[]) => run("git", [...place.login, ...argv], { cwd: bare, env: newHost().env });
  const plain = place.url.replace(/\/\/[^/]*@/, "//");
  await git("clone", "--quiet", "--bare", "--depth=1", plain, ".");
  const fetch = { name: "fetch", act: () => git("fetch", "--quiet", plain, "main") };
  const last = { disk: 0, received: 0 };
  const inProcess = async () => {
    const { env, home, state, directory } = newHost();
    const before = place.received();
    const { hive, read } = await joinHub(liveWorld(env, directory, home), place.url, {});
    hive.close();
    if (read.state.heartbeats.size !== SESSIONS.length) throw new Error("not all sessions were read");
    last.disk = bytesIn(state);
    last.received = place.received() - before;
  };
  const whole = async (...argv: string[]) => {
    const { env, directory } = newHost();
    await run(process.execPath, [main, ...argv], { env, cwd: directory });
  };
  const contenders = [
    fetch,
    { name: "in process", act: inProcess },
    { name: "hive join", act: () => whole("join", place.url) },
    { name: "bare node", act: () => run(process.execPath, ["-e", "0"], { env: newHost().env }) },
  ];
  const times = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  for (let round = -1; round < ROUNDS; round++)
    for (const { name, act } of rotated(contenders, round + 1)) {
      const took = await timed(act);
      if (round >= 0) times.get(name)?.push(took);
    }
  const milliseconds = Object.fromEntries([...times].map(([name, took]) => [name, median(took)]));
  return { milliseconds, bytes_on_disk: last.disk, bytes_received: last.received };
}

async function measurePlace(place: Place, main: string) {
  const measured = await measure(place, main);
  const { milliseconds } = measured;
  const times = (name: string) => (milliseconds[name] ?? 0) / (milliseconds.fetch ?? 0);
  return {
    place: place.name,
    commits: COMMITS,
    ...measured,
    in_process_to_fetch: times("in process"),
    whole_join_to_fetch: times("hive join"),
    reached:
      times("in process") <= REACH.times &&
      Math.max(measured.bytes_on_disk, measured.bytes_received) <= REACH.bytes,
  };
}

async function measureAll() {
  const hub = await makeHub();
  const { main } = await bundlePrograms(sandbox.folder("programs"));
  const places: Place[] = [
    { name: "bare remote on disk", url: `file://${hub}`, login: [], received: () => 0 },
    await httpPlace(0),
    await httpPlace(100),
  ];
  const reports = [];
  for (const place of places) reports.push(await measurePlace(place, main));
  return reports;
}

const reports = await measureAll().finally(() => sandbox.close());
if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify(reports)}\n`);
else
  for (const report of reports) {
    const times = Object.entries(report.milliseconds).map(([name, took]) => `${name} ${took.toFixed(0)} ms`);
    process.stdout.write(`${report.place}, ${report.commits} commits: ${times.join(", ")}\n`);
    process.stdout.write(
      `  ${report.reached ? "reached" : "MISSED"}: in process ${report.in_process_to_fetch.toFixed(2)} x fetch ` +
        `(at most ${REACH.times}), whole \`hive join\` ${report.whole_join_to_fetch.toFixed(2)} x; ` +
        `${(report.bytes_on_disk / 1e6).toFixed(2)} MB on disk, ${(report.bytes_received / 1e6).toFixed(2)} MB received\n`,
    );
  }
