import process from "node:process";
import type { Call } from "../test/chaos/call.ts";
import { type Plan, runConsistency, sessionsOf } from "../test/chaos/consistency.ts";
import { buildProgram } from "../test/chaos/program.ts";
import { openScene } from "../test/chaos/scene.ts";
import { startServer } from "../test/chaos/server.ts";
import { showVerdict } from "../test/chaos/verdict.ts";
import { Sandbox } from "../test/support/sandbox.ts";

/*
 * Thirty-two sessions on four hosts write for twenty seconds through a hub that loses one reply in ten, while their
 * processes are killed. Then a checker compares the history with each session's answers. Usage: npm run demo:storm
 */

const PLAN: Plan = {
  seed: process.argv[2] ?? String(Date.now()),
  hosts: 4,
  clientsPerHost: 8,
  twins: false,
  calls: Number.POSITIVE_INFINITY,
  seconds: 20,
  kills: 0.25,
  hubs: ["http"],
  disturbed: false,
  faults: { dropAfter: 0.1 },
};

/** Prints a line every four seconds: how many calls have ended with each outcome. */
class Progress {
  readonly #began = Date.now();
  readonly #counts = new Map<string, number>();
  #lines = 1;

  add({ outcome }: Call): void {
    this.#counts.set(outcome, (this.#counts.get(outcome) ?? 0) + 1);
    const seconds = Math.floor((Date.now() - this.#began) / 1000);
    if (seconds < this.#lines * 4) return;
    this.#lines++;
    const counts = [...this.#counts].map(([outcome, count]) => `${count} ${outcome}`);
    print(`  ${String(seconds).padStart(2)} s: ${counts.join(", ")}`);
  }
}

const sandbox = new Sandbox();
try {
  await storm();
} finally {
  await sandbox.close();
}

async function storm(): Promise<void> {
  const server = await startServer(sandbox);
  const program = await buildProgram(sandbox);
  print(
    `${sessionsOf(PLAN).length} sessions register on a hub at ${server.address.replace(/\/\/.*@/, "//")} ...`,
  );
  const scene = await openScene(sandbox, program, server.address, sessionsOf(PLAN));
  print(
    `They write for ${PLAN.seconds} s. One reply in ten is lost, and processes are killed (seed ${PLAN.seed}).`,
  );
  const progress = new Progress();
  const verdict = await runConsistency(PLAN, scene, server, (call) => progress.add(call));
  print(`\nAll faults are over, each host has synced once.\n${showVerdict(verdict)}`);
  process.exitCode = verdict.findings.length === 0 ? 0 : 1;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
