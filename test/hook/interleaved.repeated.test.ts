import { existsSync } from "node:fs";
import fc from "fast-check";
import { it } from "vitest";
import { openSandbox } from "../support/git-sandbox.ts";
import { times } from "../support/times.ts";
import { ACTS, Interleaving } from "./interleaved.ts";

it.skipIf(!existsSync("/proc/self/stat"))(
  "sessions have one live name each, and write to chosen hubs alone, however their events interleave",
  async () => {
    await fc.assert(
      fc.asyncProperty(ACTS, async (acts) => {
        const interleaving = await Interleaving.open(openSandbox());
        for (const act of acts) await interleaving.act(act);
        await interleaving.check();
      }),
      { numRuns: times(20), endOnFailure: true },
    );
  },
  600_000,
);
