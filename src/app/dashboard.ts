import { gzipSync } from "node:zlib";
import { DASHBOARD_PARTS, type Dashboard, dashboard, MAX_EVENTS } from "../domain/dashboard/dashboard.ts";
import { MAX_STEPS, type PackedPast, type Past, partOf, stepsFrom } from "../domain/dashboard/past.ts";
import { toInstant } from "../domain/values/time.ts";
import type { World } from "../world.ts";
import type { Hive } from "./hive/hive.ts";
import type { ReadCommit, ReadState } from "./hive/refresher.ts";
import { zoneOf } from "./zone.ts";

/** The dashboard of a hub as it is now, and the reading that it is from. Throws HiveError. */
export async function readDashboard(
  world: World,
  hive: Hive,
  isOffline: boolean,
): Promise<{ readonly reading: ReadState<ReadCommit>; readonly shown: Dashboard }> {
  const reading = await hive.read(DASHBOARD_PARTS);
  const { state, commit, outdated, findings } = reading;
  const { entries } = await hive.history.entries([], MAX_EVENTS);
  const seenAt = outdated || isOffline ? (reading.seenAt ?? hive.lastSeen) : undefined;
  const source = {
    hub: hive.name,
    commit,
    outdated: outdated?.message ?? null,
    seen_at: seenAt ?? null,
    unreadable: findings.length,
  };
  const now = toInstant(world.now());
  const refusals = hive.history.refusals(reading);
  return { reading, shown: dashboard({ state, entries, refusals, source }, zoneOf(world), now) };
}

/** What the hub was at each of its last commits; with a commit, that one alone. Throws HiveError. */
export async function readPast(
  world: World,
  hive: Hive,
  commit?: string,
): Promise<{ readonly reading: ReadState<object>; readonly past: Past }> {
  const steps = commit === undefined ? MAX_STEPS : 0;
  const extent = { steps, entries: MAX_EVENTS, parts: DASHBOARD_PARTS, partOf };
  const { files, since, commit: first, ...rest } = await hive.history.past(extent, commit);
  const { entries, refusals, isWhole, ...reading } = rest;
  const at = entries[0]?.at ?? toInstant(world.now());
  const base = { commit: first, at, files, entries, refusals, isWhole };
  return {
    reading,
    past: { hub: hive.name, zone: zoneOf(world).name, base, steps: stepsFrom(files, since) },
  };
}

export function packPast(past: Past): PackedPast {
  return { steps: past.steps.length, packed: gzipSync(JSON.stringify(past)).toString("base64") };
}
