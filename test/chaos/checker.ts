import { groupBy } from "../../src/domain/values/group-by.ts";
import type { Call } from "./call.ts";
import { checkDecisions } from "./check-decisions.ts";
import { checkOrder } from "./check-order.ts";
import { checkTree } from "./check-tree.ts";
import type { Commit, Evidence } from "./evidence.ts";
import { type ChaosFinding, describe, type PlacedCall } from "./finding.ts";

/** Holds what is left of a run against every promise; what it finds is empty when they were all kept. */
export function check(evidence: Evidence): ChaosFinding[] {
  const placed = place(evidence);
  const history = placed.filter((step): step is PlacedCall => step.call !== undefined);
  return [
    ...checkBranch(evidence),
    ...placed
      .filter(({ call }) => call === undefined)
      .map(({ op, commit }) => ({ rule: "unknown operation", detail: `${op} in ${commit.oid}` })),
    ...checkPresence(evidence.calls, history),
    ...checkAuthors(history),
    ...checkOrder(evidence.calls, history),
    ...checkDecisions(evidence.calls, history),
    ...checkTree(evidence, history),
    ...[...evidence.unsent]
      .filter(([, count]) => count > 0)
      .map(([host, count]) => ({ rule: "unsent", detail: `${host} keeps ${count} after its last sync` })),
  ];
}

/** The operations of the history in order, each with the call that made it, if any did. */
function place({ commits, calls }: Evidence): (Omit<PlacedCall, "call"> & { call: Call | undefined })[] {
  const byOp = new Map(calls.flatMap((call) => call.ops.map((op) => [op, call] as const)));
  // A host may give an operation another id than the one that was drawn, and who was killed cannot say which.
  const silent = calls.filter(({ outcome }) => outcome === "killed" || outcome === "hung");
  const bySubject = ({ subject }: Commit) => silent.find(({ input }) => subject.endsWith(`: ${input.text}`));
  return commits
    .flatMap((commit) => commit.ops.map((op) => ({ op, commit })))
    .map(({ op, commit }, position) => {
      const call = byOp.get(op) ?? bySubject(commit);
      return { op, commit, position, at: commit.at, call };
    });
}

/** One line of commits without merges, every object sound, every file valid, and changed by whom it is for to change. */
function checkBranch({ commits, flaws, invalid }: Evidence): ChaosFinding[] {
  const crooked = commits.filter(
    ({ parents }, index) => parents.length !== 1 || (index > 0 && parents[0] !== commits[index - 1]?.oid),
  );
  return [
    ...crooked.map(({ oid }) => ({ rule: "not linear", detail: `${oid} does not follow the one before it` })),
    ...flaws.map((detail) => ({ rule: "fsck", detail })),
    ...invalid.map((detail) => ({ rule: "validate", detail })),
  ];
}

/** Exactly once, at most once or not at all, as each call was told. */
function checkPresence(calls: readonly Call[], history: readonly PlacedCall[]): ChaosFinding[] {
  const found = groupBy(history, ({ call }) => call);
  return calls.flatMap((call) => {
    const places = found.get(call) ?? [];
    const rule = presenceRule(call, places);
    const where = places.map(({ op, commit }) => `${op} in ${commit.oid}`).join(", ") || "nowhere";
    return rule === undefined ? [] : [{ rule, detail: `${describe(call)}: ${where}` }];
  });
}

/** DESIGN §6: what the shell is told. A failure may be any other. */
const EXIT: Partial<Record<Call["outcome"], number>> = { landed: 0, nothing: 0, queued: 4, refused: 3 };

function presenceRule(call: Call, places: readonly PlacedCall[]): string | undefined {
  if (call.outcome === "hung") return "hung";
  if (call.code !== null && EXIT[call.outcome] !== undefined && EXIT[call.outcome] !== call.code)
    return "exit code";
  if (places.length > 1) return "duplicate";
  if (call.outcome === "landed" && places.length === 0) return "lost";
  if (call.outcome === "landed" && places[0]?.commit.oid !== call.commit) return "other commit";
  if (call.outcome === "nothing" && call.input.kind !== "heartbeat") return "nothing done";
  // A move that was queued may still be refused; nothing can refuse these.
  const isSafe = ["request", "broadcast", "heartbeat"].includes(call.input.kind);
  if (call.outcome === "queued" && isSafe && places.length === 0) return "queued and lost";
  const isOut = ["refused", "failed", "nothing"].includes(call.outcome);
  return isOut && places.length > 0 ? `${call.outcome} and yet there` : undefined;
}

/** An operation is authored by its own session, whichever host carried it to the branch. */
function checkAuthors(history: readonly PlacedCall[]): ChaosFinding[] {
  return history
    .filter(({ commit, call }) => commit.ops.length === 1 && commit.author !== call.session)
    .map(({ op, commit, call }) => ({
      rule: "author",
      detail: `${op} of ${call.session} by ${commit.author}`,
    }));
}
