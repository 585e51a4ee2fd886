import type { Faults } from "../support/http-hub.ts";
import { seeded } from "../support/test-world.ts";
import { type Call, microseconds } from "./call.ts";
import type { Client } from "./client.ts";
import type { Scene } from "./scene.ts";
import { startSurroundings } from "./surroundings.ts";
import { judge, type Verdict } from "./verdict.ts";
import { drawDeath, Workload } from "./workload.ts";

/** What a run is made of. The same plan draws the same inputs, deaths and faults; how they interleave is up to the machine. */
export interface Plan {
  readonly seed: string;
  readonly hosts: number;
  readonly clientsPerHost: number;
  /** Whether every fourth client acts for the session of the one before it, on another host. */
  readonly twins: boolean;
  /** A client stops after so many calls, or when so many seconds are over. */
  readonly calls: number;
  readonly seconds: number;
  /** How many of the calls are killed, from 0 to 1. */
  readonly kills: number;
  readonly faults: Omit<Faults, "random">;
  /** How the hosts know the hub: by its server, as `file://`, or as a path, in turn. */
  readonly hubs: readonly HubKind[];
  /** Whether clocks are wrong, and janitors and a person work in the same repositories. */
  readonly disturbed: boolean;
}

export type HubKind = "http" | "file" | "path";

/** What clocks of hosts are wrong by, in turn. */
const CLOCKS_MS = [0, 86_400_000, 0, -86_400_000, 420_000];

/** The settings of a hub to which those hosts may write. */
export const STORM_SETTINGS = "format: 1\nclocks:\n  max_ahead: 2d\n";

export const STORM: Pick<Plan, "kills" | "faults" | "disturbed"> = {
  kills: 0.25,
  disturbed: true,
  faults: {
    dropBefore: 0.03,
    dropAfter: 0.08,
    unavailable: 0.02,
    throttled: 0.02,
    cut: 0.03,
    slow: 0.1,
    slowMs: 200,
  },
};

/** The server of a run; no faults, where none are given. */
export interface Server {
  setFaults(seed: string, faults: Plan["faults"] | undefined): void;
}

/** The session of each client of a plan. */
function actors({ hosts, clientsPerHost, twins }: Plan): string[] {
  return Array.from(
    { length: hosts * clientsPerHost },
    (_, index) => `session-${twins && index % 4 === 3 ? index - 1 : index}`,
  );
}

export function sessionsOf(plan: Plan): string[] {
  return [...new Set(actors(plan))];
}

/** Lets the clients loose on a hub, ends all faults, and holds what is left against every promise. */
export async function runConsistency(
  plan: Plan,
  scene: Scene,
  server: Server,
  tell: (call: Call) => void = () => undefined,
): Promise<Verdict> {
  const workload = new Workload(sessionsOf(plan));
  // Clients next to each other are on different hosts, and so are two that act for one session.
  for (let index = 0; index < plan.hosts; index++) {
    const host = scene.host(`host-${index}`, addressOf(scene, plan.hubs[index % plan.hubs.length]));
    if (plan.disturbed) host.clock = CLOCKS_MS[index % CLOCKS_MS.length] ?? 0;
  }
  const clients = actors(plan).map((session, index) => scene.client(session, `host-${index % plan.hosts}`));
  const prunesHub = !plan.hubs.includes("http");
  const random = seeded(`${plan.seed} around`);
  const surroundings = plan.disturbed ? startSurroundings(scene, random, { prunesHub }) : undefined;
  server.setFaults(plan.seed, plan.faults);
  const began = microseconds();
  const ends = began + plan.seconds * 1e6;
  await Promise.all(clients.map((client) => act(plan, client, workload, ends, tell)));
  const seconds = (microseconds() - began) / 1e6;
  await surroundings?.stop();
  server.setFaults(plan.seed, undefined);
  return judge(await scene.evidence(), seconds);
}

function addressOf({ hub, address }: Scene, kind: HubKind = "http"): string {
  return { http: address, file: `file://${hub}`, path: hub }[kind];
}

async function act(
  plan: Plan,
  client: Client,
  workload: Workload,
  ends: number,
  tell: (call: Call) => void,
): Promise<void> {
  const random = seeded(`${plan.seed} ${client.name}`);
  let usualMs = 300;
  for (let count = 0; count < plan.calls && microseconds() < ends; count++) {
    const call = await client.call(workload.next(client, random), drawDeath(random, plan.kills, usualMs));
    workload.learn(call);
    if (call.outcome === "landed") usualMs += ((call.ended - call.began) / 1000 - usualMs) / 5;
    tell(call);
  }
}
