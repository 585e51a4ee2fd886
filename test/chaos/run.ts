import process from "node:process";
import { parseArgs } from "node:util";
import { openHttpHub } from "../support/http-hub.ts";
import { Sandbox } from "../support/sandbox.ts";
import { seeded } from "../support/test-world.ts";
import { type Plan, runConsistency, STORM, sessionsOf } from "./consistency.ts";
import { buildProgram } from "./program.ts";
import { openScene } from "./scene.ts";
import { showVerdict } from "./verdict.ts";

/*
 * One storm after another, each on a new hub, until the time is over or a promise is broken; then what is left of it
 * stays for a look. Usage: npm run chaos -- [--minutes 10] [--hosts 4] [--clients 3] [--hub http|path] [--seed <text>]
 */

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    hosts: { type: "string", default: "4" },
    clients: { type: "string", default: "3" },
    hub: { type: "string", default: "http" },
    seed: { type: "string", default: String(Date.now()) },
  },
});

const ends = Date.now() + Number(values.minutes) * 60_000;
const workshop = new Sandbox();
const program = await buildProgram(workshop);
for (let round = 0; Date.now() < ends && process.exitCode === undefined; round++)
  await storm(
    round === 0 ? values.seed : `${values.seed}.${round}`,
    Math.min(60, (ends - Date.now()) / 1000),
  );
await workshop.close();

async function storm(seed: string, seconds: number): Promise<void> {
  process.stdout.write(`\nseed ${seed}\n`);
  const [hosts, clientsPerHost] = [Number(values.hosts), Number(values.clients)];
  const plan: Plan = { seed, hosts, clientsPerHost, twins: true, calls: 1000, seconds, ...STORM };
  const sandbox = new Sandbox();
  const http = await openHttpHub(sandbox);
  const address = values.hub === "path" ? undefined : http.url();
  const scene = await openScene(sandbox, program, address, sessionsOf(plan));
  const verdict = await runConsistency(plan, scene, {
    setFaults: (name, faults) => {
      http.faults = faults && { ...faults, random: seeded(name) };
    },
  });
  process.stdout.write(`${showVerdict(verdict)}\n`);
  if (verdict.findings.length === 0) return sandbox.close();
  await http.close();
  process.stdout.write(`All of it is in ${sandbox.directory}\n`);
  process.exitCode = 1;
}
