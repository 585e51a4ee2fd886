import process from "node:process";
import { parseArgs } from "node:util";
import { openHttpHub } from "../support/http-hub.ts";
import { Sandbox } from "../support/sandbox.ts";
import { seeded } from "../support/test-world.ts";
import { type HubKind, type Plan, runConsistency, STORM, STORM_SETTINGS, sessionsOf } from "./consistency.ts";
import { buildProgram } from "./program.ts";
import { openScene } from "./scene.ts";
import { showVerdict } from "./verdict.ts";

/*
 * One storm after another, each on a new hub, until the time is over or a promise is broken; then what is left of it
 * stays for a look. Usage: npm run chaos -- [--minutes 10] [--hosts 4] [--clients 3] [--hubs http,file,path] [--seed <text>]
 */

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    hosts: { type: "string", default: "4" },
    clients: { type: "string", default: "3" },
    hubs: { type: "string" },
    seed: { type: "string", default: String(Date.now()) },
  },
});

/** Without a choice, one storm after another has these. */
const HUBS: readonly (readonly HubKind[])[] = [
  ["http"],
  ["path", "file"],
  ["http", "path", "file"],
  ["path"],
  ["file"],
];
const totals = { calls: 0, killed: 0, findings: 0 };

const ends = Date.now() + Number(values.minutes) * 60_000;
const workshop = new Sandbox();
const program = await buildProgram(workshop);
for (let round = 0; Date.now() < ends && process.exitCode === undefined; round++)
  await storm(
    round === 0 ? values.seed : `${values.seed}.${round}`,
    round,
    Math.min(60, (ends - Date.now()) / 1000),
  );
await workshop.close();

process.stdout.write(
  `\nIn all ${totals.calls} calls, ${totals.killed} killed, ${totals.findings} broken promises\n`,
);

async function storm(seed: string, round: number, seconds: number): Promise<void> {
  const hubs = (values.hubs?.split(",") as HubKind[] | undefined) ?? HUBS[round % HUBS.length] ?? ["http"];
  process.stdout.write(`\nseed ${seed}, hubs ${hubs.join(", ")}\n`);
  const [hosts, clientsPerHost] = [Number(values.hosts), Number(values.clients)];
  const plan: Plan = { seed, hosts, clientsPerHost, twins: true, calls: 1000, seconds, hubs, ...STORM };
  const sandbox = new Sandbox();
  const http = await openHttpHub(sandbox);
  const scene = await openScene(sandbox, program, http.url(), sessionsOf(plan), STORM_SETTINGS);
  const verdict = await runConsistency(plan, scene, {
    setFaults: (name, faults) => {
      http.faults = faults && { ...faults, random: seeded(name) };
    },
  });
  process.stdout.write(`${showVerdict(verdict)}\n`);
  totals.calls += verdict.calls;
  totals.killed += verdict.outcomes.killed ?? 0;
  totals.findings += verdict.findings.length;
  if (verdict.findings.length === 0) return sandbox.close();
  await http.close();
  process.stdout.write(`All of it is in ${sandbox.directory}\n`);
  process.exitCode = 1;
}
