import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDashboard, readPast } from "../../src/app/dashboard.ts";
import {
  DASHBOARD_PARTS,
  type Dashboard,
  dashboard,
  MAX_EVENTS,
} from "../../src/domain/dashboard/dashboard.ts";
import { dashboardOf, instantOf } from "../../src/domain/dashboard/past.ts";
import { utc } from "../../src/domain/time/zone.ts";
import { toInstant } from "../../src/domain/values/time.ts";
import { readHistory } from "../../src/store/git/history.ts";
import { Host } from "../../src/store/host/state-directory.ts";
import { parseHubAddress } from "../../src/store/hub/address.ts";
import { openHubStore } from "../../src/store/hub-store.ts";
import { readRoot } from "../../src/store/reading/listing.ts";
import { Console } from "../support/console.ts";
import { commitByHand } from "../support/hand-commit.ts";
import { Sandbox } from "../support/sandbox.ts";

interface Lived {
  readonly sandbox: Sandbox;
  readonly hub: string;
}

/** A hub in which much has happened, users' own commits and a merge among it. */
async function aLivedInHub(sandbox: Sandbox): Promise<Lived> {
  const hub = await sandbox.bareHub();
  const ada = new Console(sandbox).with({ env: { HIVE_SESSION: "ada", TZ: "UTC" } });
  const bob = ada.with({ env: { HIVE_SESSION: "bob" } });
  const does = async (who: Console, ...argv: string[]) => {
    sandbox.clock.now += 60_000;
    return (await who.print("-q", ...argv)).trim();
  };
  const byHand = (path: string, content: string | undefined) =>
    commitByHand(sandbox, hub, [{ path: `coordination/${path}`, content }]);
  await does(ada, "init", "--remote", hub);
  await does(ada, "register", "ada", "--role", "Cook");
  await does(bob, "register", "bob", "--skill", "bread");
  const baked = await does(ada, "request", "bob", "Bake it", "urgent");
  await does(bob, "accept", baked);
  await does(bob, "claim", "ovens", "--for", "10m");
  await does(ada, "claim", "ovens/**", "--for", "30m");
  await byHand("SESSIONS/ada.json", "{ this is not JSON");
  await does(bob, "broadcast", "Lunch", "high");
  await byHand("SESSIONS/notes/deep.json", "{}");
  await byHand("hive.yaml", "heartbeat:\n  stale_minutes: 2\n");
  await does(bob, "complete", baked, "-m", "It is done");
  await byHand("SESSIONS/ada.json", undefined);
  await does(bob, "need", "bread", "Who bakes tomorrow?");
  sandbox.clock.now += 40 * 86_400_000;
  await does(bob, "status", "Sweeping");
  await does(bob, "expire");
  const [parent, now] = [
    await sandbox.git(hub, "rev-parse", "main~3"),
    await sandbox.git(hub, "rev-parse", "main"),
  ];
  const tree = await sandbox.git(hub, "rev-parse", "main^{tree}");
  const merge = await sandbox.git(hub, "commit-tree", tree, "-p", now, "-p", parent, "-m", "a merge");
  await sandbox.git(hub, "update-ref", "refs/heads/main", merge);
  await does(bob, "broadcast", "The end");
  return { sandbox, hub };
}

/** The dashboard at a commit, from the files at that commit alone. */
async function readAt({ sandbox, hub }: Lived, commit: string): Promise<Dashboard> {
  const world = sandbox.host("reader");
  const store = await openHubStore(world, new Host(world.env, world.home), parseHubAddress(hub, "/"));
  try {
    const { state, findings } = await store.reader.read(readRoot(store.objects, commit), DASHBOARD_PARTS);
    const { git } = store.repository;
    const entries = readHistory(git, commit, { limit: MAX_EVENTS });
    const refusals = { entries: readHistory(git, commit, { kind: "refusal" }), isWhole: true };
    const source = { hub, commit, outdated: null, seen_at: null, unreadable: findings.length };
    return dashboard({ state, entries, refusals, source }, utc(), entries[0]?.at ?? toInstant(0));
  } finally {
    store.objects.close();
  }
}

describe("the past of a hub", () => {
  const sandbox = new Sandbox();
  let lived: Lived;
  beforeAll(async () => {
    lived = await aLivedInHub(sandbox);
  });
  afterAll(() => sandbox.close());

  it("gives at each commit the dashboard that was to be seen then", async () => {
    const { hub } = lived;
    const world = { ...sandbox.world(), env: { ...sandbox.world().env, TZ: "UTC" } };
    const hive = await sandbox.hive(hub, world);
    const { past } = await readPast(world, hive);
    const commits = (await sandbox.git(hub, "log", "--first-parent", "--format=%H", "main"))
      .split("\n")
      .reverse();
    expect([past.base.commit, ...past.steps.map(({ commit }) => commit)]).toEqual(commits);
    for (const [count, commit] of commits.entries()) {
      const { unreadable, ...then } = await readAt(lived, commit);
      const { unreadable: unread, ...replayed } = dashboardOf(past, count);
      expect(replayed, commit).toEqual(then);
      // Misplaced files are findings of a read, but no files of a part.
      expect(unread).toBeLessThanOrEqual(unreadable);
    }
  });

  it("ends with the dashboard of now", async () => {
    const { hub } = lived;
    const world = { ...sandbox.world(), env: { ...sandbox.world().env, TZ: "UTC" } };
    const hive = await sandbox.hive(hub, world);
    const [{ past }, { shown }] = [await readPast(world, hive), await readDashboard(world, hive, false)];
    const last = dashboardOf(past, past.steps.length, shown.at);
    expect({ ...last, unreadable: 0 }).toEqual({ ...shown, unreadable: 0 });
  });

  it("survives being written as JSON", async () => {
    const { hub } = lived;
    const world = sandbox.world();
    const { past } = await readPast(world, await sandbox.hive(hub, world));
    const read = JSON.parse(JSON.stringify(past)) as typeof past;
    for (const count of past.steps.keys()) expect(dashboardOf(read, count)).toEqual(dashboardOf(past, count));
    expect(instantOf(past.steps.at(-1))).toBe(dashboardOf(past, past.steps.length).at);
  });

  it("of one commit is that commit alone", async () => {
    const { hub } = lived;
    const world = { ...sandbox.world(), env: { ...sandbox.world().env, TZ: "UTC" } };
    const commit = await sandbox.git(hub, "rev-parse", "main~6");
    const { past } = await readPast(world, await sandbox.hive(hub, world), commit);
    expect(past.steps).toEqual([]);
    expect({ ...dashboardOf(past, 0), unreadable: 0 }).toEqual({
      ...(await readAt(lived, commit)),
      unreadable: 0,
    });
  });
});
