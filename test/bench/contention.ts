import process from "node:process";
import { Sandbox } from "../support/sandbox.ts";
import { Arena } from "./arena.ts";
import { bundlePrograms } from "./bundle.ts";
import { CASES, type Case, ROUND_TRIP_MS } from "./contention-cases.ts";
import { type Figures, figuresOf, medianFigures, type Run } from "./contention-figures.ts";
import { type NotesGo, runNaive } from "./contention-naive.ts";
import { runOurs } from "./contention-ours.ts";
import { median, rotated } from "./statistics.ts";

/**
 * Many writers, one hub: broadcasts against a naive loop (edit, add, commit, pull --rebase, push, until it lands), a
 * clone and a file of its own a writer. Each run of each contender has a new hub and new hosts; both run in every
 * round, in turn first. Figures are medians over the rounds; what was lost, and the least of a writer, are the worst.
 * Usage: npm run bench:contention [-- --json] [--quick] [--case <name>] [--runs <count>] [--board]
 * With `--board` all naive writers append to one file, as the old tools did, so that every race is a conflict.
 */

const RUNS = 3;
const args = process.argv.slice(2);
const place: NotesGo = args.includes("--board") ? "board" : "own";
const isQuick = args.includes("--quick");

/** What `--json` prints for each case. */
export interface Report {
  readonly case: string;
  readonly title: string;
  readonly runs: number;
  readonly round_trip_ms: number | undefined;
  readonly ours: Figures;
  readonly naive: Figures;
  /** The median of the rounds' ratios of throughput. */
  readonly times_naive: number;
  readonly reach: readonly { what: string; value: number; least?: number; most?: number; reached: boolean }[];
}

function option(name: string): string | undefined {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args[at + 1];
}

async function runCase(one: Case, runs: number, programs: { main: string; worker: string }): Promise<Report> {
  const contest = isQuick ? one.quick : one.contest;
  const rounds = { ours: [] as Figures[], naive: [] as Figures[] };
  const contenders = [
    { name: "naive" as const, run: (arena: Arena) => runNaive(arena, contest, place) },
    { name: "ours" as const, run: (arena: Arena) => runOurs(arena, contest, programs) },
  ];
  for (let round = 0; round < runs; round++)
    for (const { name, run } of rotated(contenders, round)) {
      const arena = await Arena.open(
        contest.writers.map((writer) => writer.name),
        contest.delay,
      );
      const ran = await run(arena).finally(() => arena.close());
      if (name === "ours") tellProblems(ran);
      rounds[name].push(figuresOf(ran));
    }
  const [ours, naive] = [medianFigures(rounds.ours), medianFigures(rounds.naive)];
  const ratio = (figures: Figures, round: number) =>
    figures.throughput / (rounds.naive[round]?.throughput ?? 0);
  const times_naive = median(rounds.ours.map(ratio));
  const reach = one.reach.map(({ what, value, ...bounds }) => {
    const reached = value(ours, times_naive);
    return { what, value: reached, ...bounds, reached: isWithin(reached, bounds) };
  });
  const { name } = one;
  const title = isQuick ? `${one.title}, a short form of it` : one.title;
  return { case: name, title, runs, round_trip_ms: contest.delay, ours, naive, times_naive, reach };
}

function isWithin(value: number, { least, most }: { least?: number; most?: number }): boolean {
  return (least === undefined || value >= least) && (most === undefined || value <= most);
}

/** Each way an operation of ours was not acknowledged, once, with how often: people look at stderr, not at the figures. */
function tellProblems({ operations }: Run): void {
  const counts = new Map<string, number>();
  for (const { problem } of operations)
    if (problem !== undefined) counts.set(problem, (counts.get(problem) ?? 0) + 1);
  for (const [problem, count] of counts) process.stderr.write(`${count} x not acknowledged: ${problem}\n`);
}

function show({ title, runs, ours, naive, times_naive, reach }: Report): string {
  const bound = ({ least, most }: { least?: number; most?: number }) =>
    least === undefined ? `at most ${most}` : `at least ${least}`;
  return [
    `${title} (${runs} runs): ${times_naive.toFixed(1)} x naive`,
    line("ours", ours),
    line("naive", naive),
    ...reach.map(
      (each) =>
        `  ${each.reached ? "reached" : "MISSED "} ${each.what} ${each.value.toFixed(2)}, ${bound(each)}`,
    ),
    "",
  ].join("\n");
}

function line(name: string, figures: Figures): string {
  const { acknowledged, operations, lost, throughput, pushes_per_operation, fetches_per_operation } = figures;
  const time = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;
  const times = `p50 ${time(figures.p50_ms)}, p99 ${time(figures.p99_ms)}, max ${time(figures.max_ms)}`;
  const trips = `${(figures.max_ms / ROUND_TRIP_MS).toFixed(1)} x ${ROUND_TRIP_MS} ms`;
  return [
    `  ${name.padEnd(5)} ${throughput.toFixed(1)} op/s, ${times} (${trips}), ${acknowledged}/${operations} landed`,
    `${lost} lost, ${pushes_per_operation.toFixed(2)} pushes + ${fetches_per_operation.toFixed(2)} fetches/op`,
    `hub ${(figures.hub_bytes_per_operation / 1000).toFixed(1)} kB/op before gc`,
    `${figures.least_of_a_writer} to ${figures.most_of_a_writer} a writer`,
  ].join(", ");
}

const chosen = option("--case");
const cases = CASES.filter(({ name }) => chosen === undefined || name === chosen);
if (cases.length === 0) throw new Error(`Which case? One of: ${CASES.map(({ name }) => name).join(", ")}`);
const runs = Number(option("--runs") ?? (isQuick ? 1 : RUNS));
const sandbox = new Sandbox();
const programs = await bundlePrograms(sandbox.folder("programs"));
const reports: Report[] = [];
for (const one of cases) {
  const report = await runCase(one, runs, programs);
  reports.push(report);
  if (!args.includes("--json")) process.stdout.write(`${show(report)}\n`);
}
if (args.includes("--json")) process.stdout.write(`${JSON.stringify(reports)}\n`);
await sandbox.close();
