import fc from "fast-check";
import { expect, it } from "vitest";
import type { Snapshot } from "../../src/domain/snapshot.ts";
import { aWish } from "../support/builders.ts";
import { MemoryHub } from "./memory-hub.ts";
import { commandsOf, Model, type Real } from "./model.ts";
import { REQUEST_VERBS } from "./verbs-requests.ts";
import { SESSION_VERBS } from "./verbs-sessions.ts";

const VERBS = [...SESSION_VERBS, ...REQUEST_VERBS];
const INIT = aWish({}, { kind: "init", session: "git-hive", op: "01KG9M2V000000000000000000" });

/** What both sides have to agree on. */
function digestOf({ sessions, collaborations }: Snapshot): unknown {
  return {
    sessions: [...sessions.keys()].sort(),
    requests: [...collaborations.values()]
      .map(({ request_id, from_session, to_session, status }) => [
        request_id,
        from_session,
        to_session,
        status,
      ])
      .sort(),
  };
}

function digestOfModel({ registered, requests }: Model): unknown {
  return {
    sessions: [...registered.keys()].sort(),
    requests: requests.map(({ id, from, to, status }) => [id, from, to, status]).sort(),
  };
}

async function replay({ log }: MemoryHub): Promise<MemoryHub> {
  const again = new MemoryHub();
  for (const operation of log) await again.submit(operation);
  return again;
}

it("any row of acts ends as a plain telling of the rules has it, in a valid hub, and again when it is replayed", async () => {
  const acts = fc.commands(VERBS.map(commandsOf), { maxCommands: 40, size: "+1" });
  await fc.assert(
    fc.asyncProperty(acts, async (commands) => {
      const [hub, model] = [new MemoryHub(), new Model()];
      await hub.submit(INIT);
      await fc.asyncModelRun(() => ({ model, real: { hub, ids: 1 } satisfies Real }), commands);
      expect(digestOf(await hub.snapshot(["sessions", "collaborations"]))).toEqual(digestOfModel(model));
      expect(await hub.faults(new Date(model.now * 1000).toISOString())).toEqual([]);
      expect([...(await replay(hub)).files]).toEqual([...hub.files]);
    }),
    { numRuns: 1000 },
  );
});
