import process from "node:process";
import { parseArgs } from "node:util";
import { checkRuns } from "./check.ts";

/*
 * The model-based test for as long as one likes. Usage: npm run model -- [--runs 20000] [--seed <n>] [--path <p>]
 * What it prints of a failure, seed and path, runs that very row of acts again.
 */

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "20000" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
    path: { type: "string", default: "" },
  },
});

process.stdout.write(`seed ${values.seed}\n`);
const started = Date.now();
await checkRuns({ numRuns: Number(values.runs), seed: Number(values.seed), path: values.path });
process.stdout.write(`${values.runs} runs agree, in ${Math.round((Date.now() - started) / 1000)} s\n`);
