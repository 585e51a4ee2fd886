/**
 * How long `hive validate` takes for a hub of 10 000 files, against `git cat-file --batch` alone reading the same
 * files and throwing them away: `npm run bench:validate [-- --json]`.
 */
import { execFile } from "node:child_process";
import process from "node:process";
import { promisify } from "node:util";
import { commitByHand } from "../support/hand-commit.ts";
import { largeHub } from "../support/large-hub.ts";
import { Sandbox } from "../support/sandbox.ts";
import { median } from "./statistics.ts";

const ROUNDS = 5;
const FILES = 10_000;
const REACH_SECONDS = 5;
const HIVE = new URL("../../dist/main.cjs", import.meta.url).pathname;
const READ_ALL = "git ls-tree -r HEAD | cut -d' ' -f3 | cut -f1 | git cat-file --batch > /dev/null";

const sandbox = new Sandbox();
const hub = await sandbox.bareHub();
await commitByHand(sandbox, hub, largeHub(FILES));
const checkout = sandbox.folder("checkout");
await sandbox.git(checkout, "clone", "--quiet", hub, ".");
const env = { ...sandbox.env, HIVE_STATE_DIR: sandbox.folder("state") };

const CASES = [
  { name: "a commit", argv: ["validate", "--hub", hub] },
  { name: "a work tree", argv: ["validate"] },
];
const report = [];
for (const { name, argv } of CASES) {
  const seconds: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const baseline = await time("bash", ["-c", READ_ALL], hub);
    const validate = await time(process.execPath, [HIVE, ...argv], checkout);
    seconds.push(validate);
    ratios.push(validate / baseline);
  }
  report.push({ name, files: FILES, seconds: median(seconds), ratio: median(ratios), reach: REACH_SECONDS });
}
await sandbox.close();

if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify(report)}\n`);
else
  for (const { name, files, seconds, ratio, reach } of report)
    process.stdout.write(
      `${name.padEnd(12)} ${files} files in ${seconds.toFixed(2)} s, ${ratio.toFixed(1)} x reading them (reach ${reach} s)\n`,
    );

/** Seconds of one whole process that has to succeed. */
async function time(file: string, argv: readonly string[], cwd: string): Promise<number> {
  const start = performance.now();
  await promisify(execFile)(file, argv, { cwd, env, maxBuffer: 2 ** 28 });
  return (performance.now() - start) / 1000;
}
