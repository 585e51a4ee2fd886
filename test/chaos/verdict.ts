import type { Outcome } from "./call.ts";
import { check } from "./checker.ts";
import type { Evidence } from "./evidence.ts";
import { type ChaosFinding, describe } from "./finding.ts";

/** What became of a run. */
export interface Verdict {
  readonly findings: readonly ChaosFinding[];
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  readonly calls: number;
  /** What the commands said that failed: a fault of the hub is no reason to, so it is worth a look. */
  readonly failures: readonly string[];
  /** What the clients did together until they stopped, in operations that are in the history. */
  readonly landed: number;
  readonly seconds: number;
  /** How long it took until a client was told that its operation had landed, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** Holds the evidence of a run that took so long against every promise. */
export function judge(evidence: Evidence, seconds: number): Verdict {
  const { calls, commits } = evidence;
  const outcomes: Partial<Record<Outcome, number>> = {};
  for (const { outcome } of calls) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  const times = calls
    .filter(({ outcome }) => outcome === "landed")
    .map(({ began, ended }) => (ended - began) / 1000)
    .sort((a, b) => a - b);
  const at = (share: number) => Math.round(times[Math.floor(times.length * share)] ?? 0);
  const failures = calls.filter(({ outcome }) => outcome === "failed").map(describe);
  const landed = commits.flatMap(({ ops }) => ops).length;
  const findings = check(evidence);
  return { findings, outcomes, failures, calls: calls.length, landed, seconds, p50: at(0.5), p99: at(0.99) };
}

/** A verdict in a few lines. */
export function showVerdict({
  findings,
  outcomes,
  failures,
  calls,
  landed,
  seconds,
  p50,
  p99,
}: Verdict): string {
  const counts = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome}`);
  return [
    `${calls} calls: ${counts.join(", ")}; ${landed} operations in the history`,
    `${(landed / seconds).toFixed(1)} operations a second for ${seconds.toFixed(0)} s; told after ${p50} ms (median), ${p99} ms (p99)`,
    ...failures,
    findings.length === 0
      ? "The checker found nothing: every promise was kept."
      : `The checker found ${findings.length} broken promises:`,
    ...findings.slice(0, 20).map(({ rule, detail }) => `  ${rule}: ${detail}`),
  ].join("\n");
}
