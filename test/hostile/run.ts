import process from "node:process";
import { parseArgs } from "node:util";
import { setup } from "../support/build.ts";
import { FIXTURES } from "./fixtures.ts";
import type { HarmedHub } from "./hub.ts";
import { commandRuns, hookRuns, type Run } from "./runs.ts";
import { faultsOf, Scene } from "./scene.ts";

/*
 * Every command and every event of every coding tool's hooks, on every hostile hub, by the built program. Prints what
 * crashed, took too long or too much memory. Every second call names the hub by URL. Usage: npm run hostile --
 * [--hub <part of a name>] [--call <start of a call>] [--every 1] [--from 0]
 */

const { values } = parseArgs({
  options: {
    hub: { type: "string", default: "" },
    call: { type: "string", default: "" },
    every: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
  },
});

const MAX_SECONDS = 5;
const MAX_MEGABYTES = 300;

const totals = { calls: 0, crashes: 0, slow: 0, slowByCpu: 0, large: 0 };
const worst = { seconds: 0, cpuSeconds: 0, megabytes: 0 };

const makers = (hub: HarmedHub, directory: string): Run[] => [...commandRuns(hub), ...hookRuns(directory)];

setup();
let number = 0;
for (const fixture of Object.keys(FIXTURES).filter((name) => name.includes(values.hub))) await visit(fixture);
const { calls, crashes, slow, slowByCpu, large } = totals;
process.stdout.write(
  `\n${calls} calls: ${crashes} crashes, ${slow} over ${MAX_SECONDS} s (${slowByCpu} of them by CPU time), ${large} over ${MAX_MEGABYTES} MB; ` +
    `the worst took ${worst.seconds.toFixed(1)} s, ${worst.cpuSeconds.toFixed(1)} s of CPU, and ${Math.round(worst.megabytes)} MB\n`,
);
process.exitCode = crashes + slow + large === 0 ? 0 : 1;

async function visit(fixture: string): Promise<void> {
  const began = performance.now();
  const scene = await Scene.open(fixture);
  try {
    for (const [index, run] of makers(scene.hub, "").entries()) {
      const isChosen = ++number % Number(values.every) === Number(values.from) % Number(values.every);
      if (isChosen && run.argv.join(" ").startsWith(values.call)) await call(scene, fixture, index);
    }
  } finally {
    await scene.close();
  }
  process.stdout.write(`${fixture}: ${Math.round((performance.now() - began) / 1000)} s\n`);
}

async function call(scene: Scene, fixture: string, index: number): Promise<void> {
  let run: Run = { argv: [], prints: "text" };
  const make = (hub: HarmedHub, directory: string) => {
    run = makers(hub, directory)[index] ?? run;
    return run;
  };
  // A hook reads what its host has, so only a hub on this disk has something to say in the first call.
  const isHook = makers(scene.hub, "")[index]?.prints === "hook";
  const outcome = await scene.run(make, isHook || number % 2 === 0 ? "path" : "url");
  const { seconds, megabytes = 0, cpuSeconds = seconds } = outcome;
  const faults = faultsOf(run, outcome);
  const isSlow = seconds > MAX_SECONDS + (run.stopAfterMs ?? 0) / 1000;
  // On a busy machine a call waits for its turn, so its CPU time says whether it is slow by itself.
  const isSlowByCpu = isSlow && cpuSeconds > MAX_SECONDS;
  const isLarge = megabytes > MAX_MEGABYTES;
  totals.calls++;
  totals.crashes += faults.length > 0 ? 1 : 0;
  totals.slow += isSlow ? 1 : 0;
  totals.slowByCpu += isSlowByCpu ? 1 : 0;
  totals.large += isLarge ? 1 : 0;
  worst.seconds = Math.max(worst.seconds, seconds);
  worst.cpuSeconds = Math.max(worst.cpuSeconds, outcome.cpuSeconds ?? 0);
  worst.megabytes = Math.max(worst.megabytes, megabytes);
  const found = [
    ...faults,
    ...(isSlow ? [`${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of CPU`] : []),
    ...(isLarge ? [`${Math.round(megabytes)} MB`] : []),
  ];
  for (const each of found) process.stdout.write(`  ${fixture} | hive ${run.argv.join(" ")} | ${each}\n`);
}
