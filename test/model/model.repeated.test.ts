import { expect, it } from "vitest";
import { OPERATIONS } from "../../src/domain/operations.ts";
import { times } from "../support/times.ts";
import { checkRuns } from "./check.ts";
import { VERBS } from "./verbs.ts";

/** What makes a hub, and what brings in what others made. */
const MAKING = ["init", "workflows", "import"];

it("every verb of a session is among the acts", () => {
  const kinds = new Set([...VERBS.map(({ kind }) => kind), ...MAKING]);
  expect([...kinds].sort()).toEqual(Object.keys(OPERATIONS).sort());
});

it("any row of acts ends as a plain telling of the rules has it, in a valid hub, and again when it is replayed", async () => {
  await checkRuns({ numRuns: times(1000) });
}, 300_000);
