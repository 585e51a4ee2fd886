import type { Traffic } from "./arena.ts";
import { median } from "./statistics.ts";

/** Who takes part: a session, and the host it is on. Writers of one host share its state directory. */
export interface BenchWriter {
  readonly name: string;
  readonly host: string;
}

/** One race: every writer does so many operations, one after the other; or goes on until the seconds are over. */
export interface Contest {
  readonly writers: readonly BenchWriter[];
  /** Of each writer; more than can be done where only the time is limited. */
  readonly operations: number;
  readonly seconds: number | undefined;
  /** Milliseconds a round trip takes; undefined: the hub is a `file://` address. */
  readonly delay: number | undefined;
  /** Each operation is a whole process, and its start is in its time. */
  readonly isOneShot: boolean;
}

/** One operation of one writer, in milliseconds since the go. */
export interface TimedOperation {
  readonly writer: string;
  readonly started: number;
  /** When it was acknowledged or given up; an operation that time ran out on has waited until then. */
  readonly ended: number;
  /** The trailer it carries in the history; without one it was not acknowledged. */
  readonly op?: string;
  readonly problem?: string;
}

/** What a contender did to one hub: its operations, and what the hub saw of it. */
export interface Run {
  readonly operations: readonly TimedOperation[];
  readonly contest: Contest;
  /** What the hub had seen before the clock started, and after all were done. */
  readonly before: Traffic;
  readonly after: Traffic;
  /** How often each trailer is in the hub's history. */
  readonly found: ReadonlyMap<string, number>;
}

export interface Figures {
  /** Planned, or begun where only the time is limited. */
  readonly operations: number;
  readonly acknowledged: number;
  /** Acknowledged operations that are not in the history exactly once. */
  readonly lost: number;
  readonly seconds: number;
  readonly throughput: number;
  readonly p50_ms: number;
  readonly p99_ms: number;
  readonly max_ms: number;
  /** Connections to the hub's receive-pack, whether they moved the branch or not. */
  readonly pushes_per_operation: number;
  readonly fetches_per_operation: number;
  /** What the hub grew by before any packing: more than an operation's own when pushes carry what the hub has. */
  readonly hub_bytes_per_operation: number;
  /** Acknowledged operations of the writer with the fewest, while time was not up. */
  readonly least_of_a_writer: number;
  readonly most_of_a_writer: number;
}

/** The smallest value that so many percent of the values do not exceed. */
function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
}

export function figuresOf(run: Run): Figures {
  const { seconds: limit, writers, operations: each } = run.contest;
  const most = limit === undefined ? Number.POSITIVE_INFINITY : limit * 1000;
  const acknowledged = run.operations.filter(({ op }) => op !== undefined);
  const inTime = acknowledged.filter(({ ended }) => ended <= most);
  const latencies = run.operations.map(({ started, ended }) => ended - started);
  const last = Math.max(...run.operations.map(({ ended }) => ended));
  const seconds = Math.min(last, most) / 1000;
  const traffic = (key: keyof Traffic) => (run.after[key] - run.before[key]) / acknowledged.length;
  const counts = countByWriter(inTime, writers.length);
  return {
    operations: limit === undefined ? writers.length * each : run.operations.length,
    acknowledged: acknowledged.length,
    lost: acknowledged.filter(({ op = "" }) => run.found.get(op) !== 1).length,
    seconds,
    throughput: inTime.length / seconds,
    p50_ms: percentile(latencies, 50),
    p99_ms: percentile(latencies, 99),
    max_ms: Math.max(...latencies),
    pushes_per_operation: traffic("pushes"),
    fetches_per_operation: traffic("fetches"),
    hub_bytes_per_operation: traffic("bytes"),
    least_of_a_writer: Math.min(...counts),
    most_of_a_writer: Math.max(...counts),
  };
}

function countByWriter(operations: readonly TimedOperation[], writers: number): number[] {
  const counts = new Map<string, number>();
  for (const { writer } of operations) counts.set(writer, (counts.get(writer) ?? 0) + 1);
  return [...counts.values(), ...Array(writers - counts.size).fill(0)];
}

/** The median of every figure over the runs; of what must not happen at all, the worst. */
export function medianFigures(runs: readonly Figures[]): Figures {
  const middle = (key: keyof Figures) => median(runs.map((run) => run[key]));
  const names = Object.keys(runs[0] ?? {}) as (keyof Figures)[];
  const medians = Object.fromEntries(names.map((name) => [name, middle(name)]));
  const worst = {
    lost: Math.max(...runs.map(({ lost }) => lost)),
    least_of_a_writer: Math.min(...runs.map(({ least_of_a_writer }) => least_of_a_writer)),
  };
  return { ...medians, ...worst } as unknown as Figures;
}
