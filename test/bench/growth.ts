import process from "node:process";
import { Hive } from "../../src/app/hive/hive.ts";
import { parseSession } from "../../src/app/workplace/workplace.ts";
import { Host } from "../../src/store/host/state-directory.ts";
import { parseHubAddress } from "../../src/store/hub/address.ts";
import { Sandbox } from "../support/sandbox.ts";
import { makeWorld, seeded } from "../support/test-world.ts";
import { timed } from "./live-world.ts";
import { addHeartbeats, shapeOf } from "./many-beats.ts";
import { bytesIn } from "./sizes.ts";

/**
 * What a heartbeat leaves in a hub for good: the growth after `git gc` by heartbeats of 100 sessions, each every five
 * minutes. 10 000 by `git fast-import`, a commit each; fewer by the real code on a clock that the bench moves, whose
 * newest commit has to have the same shape, on the hub itself and through a remote, where heartbeats that a host lets
 * wait can share a commit. Usage: npm run bench:growth [-- --json] [--quick] [--full: 10 000 by the real code too]
 */

const MOST_BYTES = 1000;
const isQuick = process.argv.includes("--quick");
/** How many the real code writes. */
const COUNT = process.argv.includes("--full") ? 10_000 : isQuick ? 200 : 2000;
const SESSIONS = Array.from({ length: 100 }, (_, index) => `session-${index + 1}-bench`);
const EVERY_MS = 300_000;

const sandbox = new Sandbox();

interface Grown {
  readonly how: string;
  readonly heartbeats: number;
  readonly commits: number;
  readonly bytes_before_gc: number;
  readonly bytes_after_gc: number;
  readonly bytes_per_heartbeat: number;
  readonly seconds: number;
}

/** A hub with its sessions, packed; what it holds then does not count. */
async function packedHub(name: string): Promise<string> {
  const hub = await sandbox.bareHub(name);
  const hive = await sandbox.hive(hub, sandbox.host(`set-up-${name}`));
  await hive.submit("init", {}, parseSession("session-1-bench"));
  for (const session of SESSIONS) await hive.submit("register", {}, parseSession(session));
  hive.close();
  await sandbox.git(hub, "gc", "--quiet", "--prune=now");
  return hub;
}

/** Sends heartbeats through the real code, the sessions in turn, each host with so many of them. */
async function beat(hub: string, address: string, count: number, sessionsOfAHost: number): Promise<void> {
  const clock = { now: sandbox.clock.now + EVERY_MS };
  const hives = new Map<number, Hive>();
  for (let index = 0; index < count; index++) {
    const place = index % SESSIONS.length;
    const host = Math.floor(place / sessionsOfAHost);
    const hive = hives.get(host) ?? (await openHive(`${hub}-${host}`, address, clock));
    hives.set(host, hive);
    clock.now += EVERY_MS / SESSIONS.length;
    await hive.submit("heartbeat", {}, parseSession(SESSIONS[place] ?? ""));
  }
  for (const hive of hives.values()) hive.close();
}

function openHive(name: string, address: string, clock: { now: number }): Promise<Hive> {
  const env = { ...sandbox.env, HIVE_STATE_DIR: `${name}-state` };
  const fixed = {
    env,
    directory: sandbox.folder("work"),
    home: sandbox.folder("home"),
    random: seeded(name),
  };
  const world = makeWorld(fixed, clock);
  return Hive.open(world, new Host(world.env, world.home), parseHubAddress(address, world.directory));
}

async function grow(how: string, hub: string, act: () => Promise<unknown>): Promise<Grown> {
  const before = { bytes: bytesIn(hub), tip: await sandbox.git(hub, "rev-parse", "main") };
  const seconds = (await timed(act)) / 1000;
  const loose = bytesIn(hub) - before.bytes;
  await sandbox.git(hub, "gc", "--quiet", "--prune=now");
  const bytes = bytesIn(hub) - before.bytes;
  const commits = Number(await sandbox.git(hub, "rev-list", "--count", `${before.tip}..main`));
  const trailers = "--format=%(trailers:key=Hive-Op,valueonly)";
  const ops = (await sandbox.git(hub, "log", trailers, `${before.tip}..main`)).split("\n").filter(Boolean);
  const heartbeats = ops.length;
  return {
    how,
    heartbeats,
    commits,
    bytes_before_gc: loose,
    bytes_after_gc: bytes,
    bytes_per_heartbeat: bytes / heartbeats,
    seconds,
  };
}

async function measureEmbedded(count: number): Promise<Grown> {
  const hub = await packedHub("embedded");
  return grow("each its own commit, by the real code", hub, () => beat(hub, hub, count, SESSIONS.length));
}

async function measureRemote(count: number): Promise<Grown> {
  const hub = await packedHub("remote");
  const act = () => beat(hub, `file://${hub}`, count, 5);
  return grow("20 hosts of 5 sessions through a remote, by the real code", hub, act);
}

async function measureImported(count: number): Promise<Grown> {
  const hub = await packedHub("imported");
  return grow("each its own commit, by git fast-import", hub, () => addHeartbeats(hub, SESSIONS, count));
}

/** The newest commit of a hub in full, without what differs from heartbeat to heartbeat. */
async function newestShape(name: string): Promise<string> {
  const hub = `${sandbox.directory}/hubs/${name}.git`;
  const commit = await sandbox.git(hub, "cat-file", "commit", "main");
  const changed = await sandbox.git(hub, "diff-tree", "-p", "--no-commit-id", "main");
  return shapeOf(`${commit}\n${changed}`);
}

async function measureAll() {
  const imported = await measureImported(isQuick ? 1000 : 10_000);
  const embedded = await measureEmbedded(COUNT);
  const remote = await measureRemote(COUNT);
  const isSameShape = (await newestShape("embedded")) === (await newestShape("imported"));
  return { grown: [imported, embedded, remote], imported_has_the_same_shape: isSameShape };
}

const report = await measureAll().finally(() => sandbox.close());
if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify(report)}\n`);
else {
  for (const { how, heartbeats, commits, bytes_per_heartbeat, bytes_before_gc, seconds } of report.grown)
    process.stdout.write(
      `${how}: ${heartbeats} heartbeats in ${commits} commits, ${bytes_per_heartbeat.toFixed(0)} bytes each ` +
        `after git gc (${(bytes_before_gc / heartbeats).toFixed(0)} before), ${seconds.toFixed(0)} s\n`,
    );
  const most = Math.max(...report.grown.map(({ bytes_per_heartbeat }) => bytes_per_heartbeat));
  process.stdout.write(`  ${most <= MOST_BYTES ? "reached" : "MISSED"}: at most ${MOST_BYTES} bytes\n`);
  process.stdout.write(`  imported commits have the same shape: ${report.imported_has_the_same_shape}\n`);
}
