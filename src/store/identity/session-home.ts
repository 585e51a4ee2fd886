import { findProject } from "../checkout/checkout.ts";
import { stampOf } from "../checkout/origin.ts";
import type { Host } from "../host/state-directory.ts";
import { locationOf, parseHubAddress } from "../hub/address.ts";
import { hubName } from "../hub/location.ts";
import { actingTools, type Caller } from "./acting-tool.ts";
import { expectedHub } from "./choose-hub.ts";
import { type ToolRecord, ToolRecords } from "./tool-records.ts";

/**
 * The hub of the coding tool's session that acts, whatever folder it is in: the hub of its own project, or the one that it
 * had there. Undefined where no single session acts, and where `HIVE_HUB` names a hub.
 */
export function hubOfSession(caller: Caller, host: Host): string | undefined {
  if (caller.env.HIVE_HUB) return undefined;
  const record = recordOf(caller, host)?.record;
  return record && hubOfRecord(caller.env, host, record);
}

/**
 * Where a session's commands and events act: at the hub that is chosen for its project now, or that was. What is chosen
 * for another project that took its path does not count.
 */
export function hubOfRecord(env: Caller["env"], host: Host, { hub, project, stamp }: ToolRecord): string {
  const isThere = env.HIVE_HUB || stamp === undefined || stamp === stampOf(findProject(project));
  const address = isThere ? expectedHub(env, host, project) : undefined;
  return address === undefined ? hub : locationOf(address);
}

/** The record of a session that is first seen in a directory. */
export function recordIn(directory: string, hub: string): ToolRecord {
  const project = findProject(directory);
  const { root } = project;
  return { hub, project: root, stamp: stampOf(project), tree: root, processes: [] };
}

/** Whether an address is one of the hub that a record names, as far as this host knows. */
export function isHubOfRecord(host: Host, { hub, project }: ToolRecord, other: string): boolean {
  const nameOf = (address: string) => hubName(host, parseHubAddress(address, project)).name;
  return hub === other || nameOf(hub) === nameOf(other);
}

/** Remembers the hub and the project of a session that registers itself, if it has none yet. */
export function rememberHome(hub: string, caller: Caller, host: Host, directory: string): void {
  const found = recordOf(caller, host);
  if (found === undefined || found.record !== undefined) return;
  new ToolRecords(host).note(found.tool, recordIn(directory, hub));
}

function recordOf(caller: Caller, host: Host): { tool: string; record: ToolRecord | undefined } | undefined {
  const [tool, second] = actingTools(caller, host);
  if (tool === undefined || second !== undefined) return undefined;
  return { tool, record: new ToolRecords(host).find(tool) };
}
