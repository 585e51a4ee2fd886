import { expect, it, onTestFinished } from "vitest";
import { openHttpHub } from "../support/http-hub.ts";
import { Sandbox } from "../support/sandbox.ts";
import { seeded } from "../support/test-world.ts";
import { type HubKind, type Plan, runConsistency, STORM, STORM_SETTINGS, sessionsOf } from "./consistency.ts";
import { useProgram } from "./open-chaos.ts";
import { openScene } from "./scene.ts";

const program = useProgram();

/** See `npm run chaos` for longer ones, and to repeat one by its seed. */
const PLAN = { seed: "ci", hosts: 4, clientsPerHost: 3, twins: true, calls: 14, seconds: 60, ...STORM };

it.each<[HubKind[]]>([[["http"]], [["path", "file"]]])(
  `with a hub by %j, twelve clients on four hosts, killed and cut off at random, keep every promise (seed ${PLAN.seed})`,
  async (hubs) => {
    const sandbox = new Sandbox();
    onTestFinished(() => sandbox.close());
    const plan: Plan = { ...PLAN, hubs };
    const http = await openHttpHub(sandbox);
    const scene = await openScene(sandbox, program(), http.url(), sessionsOf(plan), STORM_SETTINGS);
    const verdict = await runConsistency(plan, scene, {
      setFaults: (seed, faults) => {
        http.faults = faults && { ...faults, random: seeded(seed) };
      },
    });
    expect(verdict.findings).toEqual([]);
    expect(verdict.landed).toBeGreaterThan(40);
    expect(verdict.outcomes.killed).toBeGreaterThan(10);
  },
  180_000,
);
