import fc from "fast-check";
import { expect, it } from "vitest";
import { commandsOf, type Real } from "./act.ts";
import { INIT, REGISTERED } from "./check.ts";
import { digestOf, digestOfModel, PARTS } from "./digest.ts";
import { HostedHub } from "./hosted-hub.ts";
import { MemoryHub } from "./memory-hub.ts";
import { instant, Model } from "./model.ts";
import { VERBS } from "./verbs.ts";

/** A sign of life may wait for its host's next push, and so land as another one, or none. */
const PROMPT = VERBS.filter(({ kind }) => kind !== "heartbeat");

const rows = fc.array(fc.oneof(...PROMPT.map(commandsOf)), { minLength: 80, maxLength: 80 });

it.each([1, 2])("a hub in Git of two hosts is what the acts in its log come to (%i)", async (seed) => {
  const [hub, model] = [await HostedHub.open(), new Model()];
  await hub.submit(INIT);
  const real: Real = { hub, marks: new Map(), ids: 1 };
  const [row = []] = fc.sample(rows, { numRuns: 1, seed });
  await fc.asyncModelRun(() => ({ model, real }), [...REGISTERED, ...row]);
  const now = instant(model.now);
  expect(digestOf(await hub.snapshot(PARTS), now)).toEqual(digestOfModel(model));
  expect(await hub.faults()).toEqual([]);

  const history = await hub.history();
  const landed = new Map(hub.operations.map((operation) => [operation.op, operation]));
  const folded = new MemoryHub();
  for (const { op } of history) await folded.submit(landed.get(op) ?? INIT);
  expect(folded.log.map(({ op, session, kind }) => ({ op, session, kind }))).toEqual(history);
  const texts = [...folded.files].map(([path, text]) => [path, text.trimEnd()] as const);
  expect(await hub.files()).toEqual(new Map(texts.sort()));
});
