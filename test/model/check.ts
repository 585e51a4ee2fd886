import { deepStrictEqual } from "node:assert";
import fc from "fast-check";
import { anOperation } from "../support/builders.ts";
import { actOf, type Real } from "./act.ts";
import { digestOf, digestOfModel, PARTS } from "./digest.ts";
import { MemoryHub } from "./memory-hub.ts";
import { instant, Model, SESSIONS } from "./model.ts";
import { acts } from "./verbs.ts";
import { NOTHING_GIVEN, register } from "./verbs-sessions.ts";

export const INIT = anOperation({}, { kind: "init", session: "git-hive", op: "01KG9M2V000000000000000000" });

/** Some are there from the start; session-10 has to come first. */
export const REGISTERED = SESSIONS.slice(0, 3).map((who) => actOf(register, { ...NOTHING_GIVEN, who }));

/** Runs rows of acts on a hub and on the model; throws, with the shortest row that does it, where they do not agree. */
export async function checkRuns(parameters: fc.Parameters<unknown>): Promise<void> {
  const made = new MemoryHub();
  await made.submit(INIT);
  await fc.assert(
    fc.asyncProperty(acts, async (commands) => {
      const [hub, model] = [made.copy(), new Model()];
      await fc.asyncModelRun(
        () => ({ model, real: { hub, marks: new Map(), ids: 1 } satisfies Real }),
        [...REGISTERED, ...commands],
      );
      const now = instant(model.now);
      deepStrictEqual(digestOf(await hub.snapshot(PARTS), now), digestOfModel(model));
      deepStrictEqual(await hub.faults(now), []);
      deepStrictEqual((await replay(made.copy(), hub)).files, hub.files);
    }),
    parameters as fc.Parameters<[Iterable<fc.AsyncCommand<Model, Real>>]>,
  );
}

async function replay(again: MemoryHub, { log }: MemoryHub): Promise<MemoryHub> {
  for (const operation of log.slice(again.log.length)) await again.submit(operation);
  return again;
}
