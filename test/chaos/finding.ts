import type { Call } from "./call.ts";
import type { Commit } from "./evidence.ts";
import type { Step } from "./fold.ts";

/** A promise that was broken, and by what. */
export interface ChaosFinding {
  readonly rule: string;
  readonly detail: string;
}

/** An operation in the history, its commit, and how many operations came before it. */
export interface PlacedCall extends Step {
  readonly commit: Commit;
  readonly position: number;
}

/** A call as a finding names it. */
export function describe({ client, session, input, outcome, said }: Call): string {
  return `${client} ${JSON.stringify({ session, ...input })} was ${outcome}${said ? ` (${said.trim()})` : ""}`;
}
