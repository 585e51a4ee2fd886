import { appendFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const MOVES = ["accept", "start", "complete", "decline", "cancel"] as const;
export type MoveName = (typeof MOVES)[number];

/** What a client asks for; `text` is different in every call of a run. */
export type CallInput =
  | { readonly kind: "request"; readonly to: string; readonly text: string }
  | { readonly kind: "broadcast"; readonly text: string }
  | { readonly kind: "heartbeat"; readonly text: string }
  | { readonly kind: MoveName; readonly request: string; readonly text: string };

/**
 * What a call said of itself:
 * 1. landed: in the history, at `commit`; nothing: done, and no commit was needed;
 * 2. queued: durable on its host, to land later or to be refused then;
 * 3. refused by the rules; failed: an error, nothing written: neither may ever be in the history;
 * 4. killed: it said nothing, so all is open; hung: it did not end, which is a defect of its own.
 */
export type Outcome = "landed" | "nothing" | "queued" | "refused" | "failed" | "killed" | "hung";

/** The request as an answer or a file shows it, as far as the checker asks. */
export interface ShownRequest {
  readonly request_id: string;
  readonly from_session: string;
  readonly to_session: string;
  readonly request: string;
  readonly status: string;
  readonly history: readonly { readonly status: string; readonly session: string; readonly at: string }[];
}

/** One command as its client ran it, and what became of it. Times are microseconds of the machine's own clock. */
export interface Call {
  readonly client: string;
  readonly session: string;
  readonly input: CallInput;
  readonly began: number;
  readonly ended: number;
  readonly outcome: Outcome;
  /** The process's exit code; null when it was killed. */
  readonly code: number | null;
  /** The operation's id as it was told, or else every id that the process drew. */
  readonly ops: readonly string[];
  readonly commit?: string | undefined;
  readonly collaboration?: ShownRequest | undefined;
  /** What it printed when it did not land. */
  readonly said?: string | undefined;
}

/** Adds to a client's own record: a line before each call and one after it, so no end of anything loses it. */
export function note(
  directory: string,
  call: Pick<Call, "client" | "session" | "input" | "began"> | Call,
): void {
  appendFileSync(join(directory, `${call.client}.jsonl`), `${JSON.stringify(call)}\n`);
}

/** Every call in the records of a directory, each client's in its order; one without an end was killed with its harness. */
export function readCalls(directory: string): Call[] {
  return readdirSync(directory).flatMap((name) => {
    const lines = readFileSync(join(directory, name), "utf8").split("\n").filter(Boolean);
    const calls = new Map<number, Call>();
    for (const line of lines) {
      const call = { ended: Infinity, outcome: "killed", code: null, ops: [], ...JSON.parse(line) } as Call;
      calls.set(call.began, call);
    }
    return [...calls.values()];
  });
}

/** Microseconds that never jump, the same in every process of the machine. */
export function microseconds(): number {
  return Number(process.hrtime.bigint() / 1000n);
}
