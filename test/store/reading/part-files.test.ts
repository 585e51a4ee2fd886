import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { putJson } from "../../../src/domain/decision.ts";
import { BOARD_PATH, messagePath, REGISTRY_PATH } from "../../../src/domain/hub/layout.ts";
import { renderBoard } from "../../../src/domain/messages/board.ts";
import { encodeMessage } from "../../../src/domain/messages/write.ts";
import type { Operation } from "../../../src/domain/operation.ts";
import { indexProfiles } from "../../../src/domain/sessions/registry.ts";
import { Ulid } from "../../../src/domain/values/ids.ts";
import { writeCommits } from "../../../src/store/git/write-commits.ts";
import type { HubStore } from "../../../src/store/hub-store.ts";
import { decideAll, filesOf } from "../../../src/store/landing/decide-batch.ts";
import { readRoot } from "../../../src/store/reading/listing.ts";
import { advance, type Reading } from "../../../src/store/reading/part-files.ts";
import { aMessage, anOperation } from "../../support/builders.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { commitByHand } from "../../support/hand-commit.ts";
import { hostileText } from "../../support/hostile.ts";
import { placeOf } from "../../support/hub-store.ts";
import { hubWith } from "../../support/hub-with.ts";

const PARTS = [
  "settings",
  "taxonomy",
  "registry",
  "sessions",
  "heartbeats",
  "collaborations",
  "archived",
  "archivedLately",
  "messages",
] as const;

const session = fc.constantFrom("session-1", "session-2", "session-1", "session-2", "session-3");
const text = fc.oneof(fc.constantFrom("Hello", "Please help"), hostileText);
const said = fc.oneof(fc.constant(undefined), text);
const move = fc.record({ request: fc.constantFrom("collab-1", "collab-17"), note: said });
const INPUTS = {
  register: fc.record({
    name: said,
    role: said,
    work: said,
    skills: fc.option(fc.array(text, { maxLength: 3 }), { nil: undefined }),
  }),
  heartbeat: fc.record({ work: said, status: fc.constantFrom(undefined, "active", "idle") }),
  broadcast: fc.record({ text, priority: fc.constantFrom("normal", "urgent") }),
  request: fc.record({ to: session, text, urgency: fc.constant("high") }),
  accept: move,
  complete: move,
  cancel: move,
};

/** Operations of a few sessions within a little more than a day, many of which become changes. */
const operations = fc.uniqueArray(
  fc
    .tuple(
      fc.constantFrom(...(Object.keys(INPUTS) as (keyof typeof INPUTS)[])),
      session,
      fc.nat({ max: 100_000 }),
      fc.nat(),
    )
    .chain(([kind, by, seconds, random]) => {
      const at = new Date(Date.UTC(2026, 0, 31, 12, 0, seconds)).toISOString().replace(".000", "");
      const op = Ulid.parse(
        `01KG9M2V01${String(seconds).padStart(6, "0")}${String(random).padStart(10, "0")}`,
      );
      return INPUTS[kind].map((input) => anOperation(input, { kind, session: by, at, op }));
    }),
  { minLength: 1, maxLength: 8, selector: ({ op }) => op },
);

/** A hub with three sessions and this many messages, read by a host that has not read it before. */
async function open(messages: number) {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, "session-1", "session-2", "session-4");
  const files = Array.from({ length: messages }, (_, index) => {
    const message = aMessage({ id: `01KG9M2V00${String(index).padStart(16, "0")}` });
    return { path: messagePath(message.id, message.sent_at), content: encodeMessage(message) };
  });
  if (messages > 0) await commitByHand(sandbox, hub, files);
  let readers = 0;
  const read = async (commit: string): Promise<Reading<(typeof PARTS)[number]>> => {
    const store = await placeOf(sandbox, hub, sandbox.host(`reader-${readers++}`));
    const reading = await store.reader.read(readRoot(store.objects, commit), PARTS);
    store.objects.close();
    return reading;
  };
  return { sandbox, hub, store: await placeOf(sandbox, hub), read };
}

/**
 * Decides operations in order and writes them without publishing them; returns the state in memory and the commit.
 */
async function land({ reader, repository, roots }: HubStore, operations: readonly Operation[]) {
  const base = roots.newest();
  const batch = await decideAll(reader, repository.address, base, operations, {
    isDropped: () => false,
    isVisible: () => true,
    isForeign: () => false,
  });
  expect(batch.decided.at(-1)?.operation).toEqual(operations.at(-1));
  const chain = writeCommits(repository, base?.commit, batch.drafts);
  if (chain === undefined) throw new Error("no other process writes here");
  let inMemory: Reading<(typeof PARTS)[number]> | undefined = await reader.read(base, PARTS);
  for (const { outcome } of batch.decided)
    if (outcome.kind === "change") inMemory = inMemory && advance(inMemory, outcome.files);
  reader.remember(base, filesOf(batch), chain.written);
  return { inMemory, tip: chain.tip };
}

describe("after any sequence of operations", () => {
  it.each([0, 198])(
    "the state known without a read equals the one that is read, with %i messages",
    async (messages) => {
      const { sandbox, hub, store, read } = await open(messages);
      return fc.assert(
        fc.asyncProperty(operations, async (operations) => {
          const { inMemory, tip } = await land(store, [
            ...operations,
            anOperation(
              { text: "last", priority: "normal" },
              { kind: "broadcast", session: "session-4", op: "01KG9M2V0ZZZZZZZZZZZZZZZZZ" },
            ),
          ]);
          const fresh = await read(tip);
          expect(fresh.findings).toEqual([]);
          expect(inMemory?.state).toEqual(fresh.state);
          expect(Object.values(inMemory?.files ?? {}).map(Object.keys)).toEqual(
            Object.values(fresh.files).map(Object.keys),
          );
          expect(await store.reader.read(readRoot(store.objects, tip), PARTS)).toEqual(fresh);
          const show = (path: string) => sandbox.git(hub, "show", `${tip}:${path}`);
          const { messages: all = [], sessions = new Map(), registry } = fresh.state;
          expect(`${await show(BOARD_PATH)}\n`).toBe(renderBoard(all));
          if (registry)
            expect(`${await show(REGISTRY_PATH)}\n`).toBe(
              putJson("", indexProfiles(sessions.values(), registry)).text,
            );
        }),
        { numRuns: 15 },
      );
    },
    120_000,
  );
});

describe("the next state must be read", () => {
  const large = { kind: "register", session: "session-1" } as const;

  it("after a file that is too large to read", async () => {
    const { sandbox, hub, store } = await open(0);
    await commitByHand(sandbox, hub, [
      { path: "coordination/hive.yaml", content: "format: 1\nlimits:\n  file_bytes: 1024\n" },
    ]);
    const operations = [
      anOperation({ role: "x".repeat(390), work: "y".repeat(390), name: "z".repeat(390) }, large),
      anOperation({}, large),
    ];
    const batch = await decideAll(store.reader, store.repository.address, store.roots.newest(), operations);
    expect(batch.decided.map(({ outcome }) => outcome.kind)).toEqual(["change"]);
  });

  it("when the hub's paths were requested, and when a file has more than one value", async () => {
    const { store } = await open(0);
    const root = store.roots.newest();
    const change = putJson("coordination/SESSIONS/session-1.json", {});
    expect(advance(await store.reader.read(root, ["paths", "sessions"]), [change])).toBeUndefined();
    const reading = await store.reader.read(root, ["settings", "sessions"]);
    expect(advance(reading, [{ path: "coordination/hive.yaml", text: "format: 1\n" }])).toBeUndefined();
    expect(advance(reading, [{ path: "coordination/taxonomy.yaml", text: "x" }])?.state).toEqual(
      reading.state,
    );
  });
});
