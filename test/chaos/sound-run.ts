import type { Call, CallInput, ShownRequest } from "./call.ts";
import { check } from "./checker.ts";
import type { Commit, Evidence } from "./evidence.ts";

/* A small run in which every promise is kept, made by hand, and ways to spoil it. */

const AT = "2026-01-31T12:00:00Z";
export const ID = "collab-1769860800-00aa";
const ASK = "01KG9M2V0000000000000000AA";
export const TELL = "01KG9M2V0000000000000000AB";
const ACCEPT = "01KG9M2V0000000000000000AC";
export const LATE = "01KG9M2V0000000000000000AD";
const BEAT = "01KG9M2V0000000000000000AE";

function aCall(op: string, began: number, session: string, input: CallInput, over: Partial<Call> = {}): Call {
  const times = { began, ended: began + 5, client: session };
  return {
    ...times,
    session,
    input,
    ops: [op],
    outcome: "landed",
    code: null,
    commit: `commit of ${op}`,
    ...over,
  };
}

export function aCommit(op: string, author: string, before: string): Commit {
  return {
    oid: `commit of ${op}`,
    parents: [before],
    author,
    at: AT,
    subject: `${author}: ${op}`,
    ops: [op],
  };
}

export function aRequest(...statuses: string[]): ShownRequest {
  const history = statuses.map((status) => ({
    status,
    session: status === "pending" ? "session-1" : "session-2",
    at: AT,
  }));
  const parties = { from_session: "session-1", to_session: "session-2" };
  return { request_id: ID, ...parties, request: "help", status: statuses.at(-1) ?? "", history };
}

/** session-1 asks and tells; session-2 accepts, twice where the second is refused, and beats; one is killed. */
export function soundRun() {
  const calls = {
    ask: aCall(
      ASK,
      0,
      "session-1",
      { kind: "request", to: "session-2", text: "help" },
      {
        collaboration: aRequest("pending"),
      },
    ),
    tell: aCall(TELL, 10, "session-1", { kind: "broadcast", text: "hello" }),
    accept: aCall(
      ACCEPT,
      20,
      "session-2",
      { kind: "accept", request: ID, text: "on it" },
      {
        collaboration: aRequest("pending", "accepted"),
      },
    ),
    again: aCall(
      LATE,
      21,
      "session-2",
      { kind: "accept", request: ID, text: "me too" },
      {
        client: "session-2-twin",
        outcome: "refused",
      },
    ),
    beat: aCall(BEAT, 40, "session-2", { kind: "heartbeat", text: "charts" }, { outcome: "queued" }),
    killed: aCall("", 50, "session-1", { kind: "broadcast", text: "never" }, { outcome: "killed", ops: [] }),
  };
  const commits = [
    aCommit(ASK, "session-1", "base"),
    aCommit(TELL, "session-1", `commit of ${ASK}`),
    aCommit(ACCEPT, "session-2", `commit of ${TELL}`),
    aCommit(BEAT, "session-2", `commit of ${ACCEPT}`),
  ];
  const files = new Map([
    [`ACTIVE/COLLABORATIONS/${ID}.json`, JSON.stringify(aRequest("pending", "accepted"))],
    [`MESSAGES/2026/01/31/${ASK}.md`, "---\nto: x\n---\nhelp\n"],
    [`MESSAGES/2026/01/31/${TELL}.md`, "---\nto: x\n---\nhello\n"],
    ["HEARTBEATS/session-2.json", JSON.stringify({ current_work: "charts" })],
  ]);
  return {
    calls,
    commits,
    files,
    flaws: [] as string[],
    invalid: [] as string[],
    unsent: new Map([["a", 0]]),
  };
}
export type Run = ReturnType<typeof soundRun>;

export function rulesBroken({ calls, ...rest }: Run): string[] {
  const evidence: Evidence = { ...rest, calls: Object.values(calls) };
  return [...new Set(check(evidence).map(({ rule }) => rule))];
}

/** The branch with its operations in another order, each commit on the one before it. */
export function chained(...commits: (Commit | undefined)[]): Commit[] {
  const given = commits.filter((commit) => commit !== undefined);
  return given.map((commit, index) => ({ ...commit, parents: [given[index - 1]?.oid ?? "base"] }));
}

/** What is done to a sound run, and the rule that has to speak up. */
export type Bad = readonly [what: string, rule: string, spoil: (run: Run) => Partial<Run>];

/** Gives a file other content, or takes it away. */
export function fileOf(name: string, text: string | undefined) {
  return ({ files }: Run): Partial<Run> => ({
    files: new Map(
      [...files].flatMap(([path, old]) => {
        if (!path.includes(name)) return [[path, old] as const];
        return text === undefined ? [] : [[path, text] as const];
      }),
    ),
  });
}
