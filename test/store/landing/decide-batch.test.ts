import { describe, expect, it } from "vitest";
import type { Operation } from "../../../src/domain/operation.ts";
import { type Chain, writeCommits } from "../../../src/store/git/write-commits.ts";
import { decideAll, filesOf, landedCommitsOf } from "../../../src/store/landing/decide-batch.ts";
import { isHub } from "../../../src/store/reading/listing.ts";
import { anOperation } from "../../support/builders.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { commitByHand, type HandFile } from "../../support/hand-commit.ts";
import { placeOf } from "../../support/hub-store.ts";
import { hubWith, say, sessionId } from "../../support/hub-with.ts";

const LATER = "2026-01-31T12:02:00Z";

let operations = 0;

/** An operation with an id of its own, two minutes after everything else. */
function attempt(kind: string, session: string, input: unknown = {}, at = LATER): Operation {
  return anOperation(input, {
    kind,
    session,
    at,
    op: `01KG9M2V0000000000${String(operations++).padStart(8, "0")}`,
  });
}

/**
 * A hub with three sessions and files that were committed by hand, and a function that decides on it as a host does.
 */
async function open(...files: HandFile[]) {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, "session-1", "session-2", "session-3");
  if (files.length > 0) await commitByHand(sandbox, hub, files);
  const store = await placeOf(sandbox, hub);
  const decide = (...operations: Operation[]) =>
    decideAll(store.reader, store.repository.address, store.roots.newest(), operations);
  const decideVisible = (...operations: Operation[]) =>
    decideAll(store.reader, store.repository.address, store.roots.newest(), operations, VISIBLE);
  return { sandbox, hub, store, decide, decideVisible };
}

const VISIBLE = { isDropped: () => false, isVisible: () => true, isForeign: () => false };

async function endsOf(decided: ReturnType<typeof decideAll>): Promise<string[]> {
  return (await decided).decided.map(({ outcome }) => {
    if (outcome.kind === "failed") return outcome.error.code;
    return outcome.kind === "refusal" ? outcome.code : outcome.kind;
  });
}

describe("operations of one batch", () => {
  it("are each decided on the state that the ones before left", async () => {
    const { decideVisible: decide } = await open();
    const asked = attempt("request", "session-1", { to: "session-2", text: "Help", urgency: "normal" });
    const accept = () => attempt("accept", "session-2", { request: "collab-1" });
    expect(await endsOf(decide(accept(), asked, accept(), accept()))).toEqual([
      "unknown_request",
      "change",
      "change",
      "illegal_move",
    ]);
    expect(
      await endsOf(
        decide(
          attempt("broadcast", "new-one", { text: "x", priority: "normal" }),
          attempt("register", "new-one"),
          attempt("broadcast", "new-one", { text: "x", priority: "normal" }),
        ),
      ),
    ).toEqual(["not_registered", "change", "change"]);
  });

  it.each<[string, unknown, string]>([
    ["later-kind", {}, "unknown_kind"],
    ["constructor", {}, "unknown_kind"],
    ["to-string", {}, "unknown_kind"],
    ["broadcast", {}, "unknown_kind"],
    ["broadcast", null, "unknown_kind"],
    ["broadcast", { text: ["x"], priority: "normal" }, "unknown_kind"],
  ])("that cannot be decided here (%s %j) do not block the others", async (kind, input, code) => {
    const { decide } = await open();
    const batch = decide(attempt(kind, "session-1", input), attempt("register", "session-2"));
    expect(await endsOf(batch)).toEqual([code, "change"]);
    expect((await batch).drafts).toHaveLength(1);
  });

  it("are decided although some files are unreadable, except those that would overwrite them", async () => {
    const { decide } = await open({ path: "coordination/SESSIONS/session-2.json", content: "{" });
    const batch = decide(attempt("register", "session-2"), attempt("register", "session-1"));
    expect(await endsOf(batch)).toEqual(["unreadable_file", "change"]);
    expect((await batch).findings).toMatchObject([{ path: "coordination/SESSIONS/session-2.json" }]);
  });

  it.each(["format: 2\n", "format: [\n"])("fail when the hub's settings are %j", async (content) => {
    const { decide } = await open({ path: "coordination/hive.yaml", content });
    const [first, second] = await endsOf(
      decide(attempt("register", "session-1"), attempt("register", "session-2")),
    );
    expect([first, second]).toEqual(
      Array(2).fill(content === "format: 2\n" ? "newer_format" : "unreadable_file"),
    );
  });

  it("fail when there is no hub, until one of them makes it", async () => {
    const sandbox = openSandbox();
    const store = await placeOf(sandbox, await sandbox.bareHub());
    const operations = [
      attempt("register", "session-1"),
      attempt("init", "git-hive"),
      attempt("register", "session-2"),
    ];
    const batch = decideAll(store.reader, store.repository.address, undefined, operations);
    // Its paths must be read again after the hub was made, so the next operations are left for the next batch.
    expect(await endsOf(batch)).toEqual(["not_a_hub", "change"]);
  });
});

describe("an operation of a session after a refused one", () => {
  const refused = () => attempt("accept", "session-2", { request: "collab-1" });
  const hello = (session: string) => attempt("broadcast", session, { text: "Hello", priority: "normal" });

  it("waits until the refused one has ended, because that may still have another outcome", async () => {
    const { decide } = await open();
    const [first, second] = [hello("session-1"), refused()];
    const { decided, drafts } = await decide(first, second, hello("session-2"));
    expect(decided.map(({ operation }) => operation)).toEqual([first, second]);
    expect(drafts.map(({ kind }) => kind)).toEqual(["broadcast"]);
  });

  it("follows the commit that ends the refused one, when other hosts can see it", async () => {
    const { decideVisible } = await open();
    const { decided, drafts } = await decideVisible(refused(), hello("session-2"));
    expect(decided.map(({ draft }) => draft)).toEqual([undefined, 1]);
    expect(drafts.map(({ kind, isRefusal }) => [kind, isRefusal])).toEqual([
      ["refusal", true],
      ["broadcast", undefined],
    ]);
  });
});

describe("consecutive heartbeats", () => {
  const beat = (session: string, input: unknown = {}, at = LATER) => attempt("heartbeat", session, input, at);

  it("share a commit that names all their operations", async () => {
    const { decide } = await open();
    const beats = ["session-1", "session-2", "session-3"].map((session) => beat(session));
    const { drafts, decided } = await decide(...beats);
    expect(drafts).toHaveLength(1);
    expect(drafts[0]).toMatchObject({ subject: "heartbeat session-1, session-2, session-3", authors: beats });
    expect(decided.map(({ draft }) => draft)).toEqual([0, 0, 0]);
  });

  it("of one session name the session once, and the last one counts", async () => {
    const { decide } = await open();
    const late = "2026-01-31T12:04:00Z";
    const batch = await decide(beat("session-1"), beat("session-1", {}, late));
    expect(batch.drafts).toHaveLength(1);
    expect(batch.drafts[0]?.subject).toBe("heartbeat session-1");
    expect(filesOf(batch).at(-1)?.text).toContain(late);
  });

  it("share no commit with a heartbeat that has news, and none across it", async () => {
    const { decide } = await open();
    const { drafts } = await decide(
      beat("session-1"),
      beat("session-2", { work: "New" }),
      beat("session-3"),
      attempt("broadcast", "session-1", { text: "x", priority: "normal" }),
      beat("session-2", {}, "2026-01-31T12:05:00Z"),
    );
    expect(drafts.map(({ authors }) => authors.length)).toEqual([1, 1, 1, 1, 1]);
  });

  it("that are too early are in no commit", async () => {
    const { decide } = await open();
    const { drafts, decided } = await decide(beat("session-1"), beat("session-1"), beat("session-2"));
    expect(drafts[0]?.authors.map(({ session }) => session)).toEqual(["session-1", "session-2"]);
    expect(decided.map(({ draft, outcome }) => [draft, outcome.kind])).toEqual([
      [0, "change"],
      [undefined, "nothing"],
      [0, "change"],
    ]);
  });
});

it("the same operations on the same state give the same commits on every host", async () => {
  const { sandbox, hub, store } = await open();
  const operations = [
    attempt("register", "session-1", { role: "ä\u2028" }),
    attempt("heartbeat", "session-2"),
    attempt("heartbeat", "session-3"),
    attempt("broadcast", "session-2", { text: "Hello", priority: "urgent" }),
  ];
  const chains: Chain[] = [];
  for (const name of ["a", "b"]) {
    sandbox.clock.now += 86_400_000;
    const { reader, repository } = await placeOf(sandbox, hub, sandbox.host(name));
    const root = store.roots.newest();
    if (!isHub(root)) throw new Error("it is a hub");
    const batch = await decideAll(reader, repository.address, root, operations);
    const chain = writeCommits(repository, root.commit, batch.drafts);
    if (chain) chains.push(chain);
    const steps = chain && landedCommitsOf(batch, chain);
    expect(steps?.map(({ ops }) => ops.length)).toEqual([1, 2, 1]);
    expect(steps?.map(({ commit }) => commit)).toEqual(chain?.oids);
  }
  expect(chains).toHaveLength(2);
  expect(chains[0]?.oids).toEqual(chains[1]?.oids);
});

it("an operation after a file that is too large to read still lands", async () => {
  const content = "format: 1\nlimits:\n  file_bytes: 1024\n";
  const { sandbox, hub } = await open({ path: "coordination/hive.yaml", content });
  const hive = await sandbox.hive(hub);
  const work = "y".repeat(390);
  const large = hive.submit("register", { role: work, name: work, work }, sessionId("session-1"));
  const sent = await Promise.all([large, say(hive, "session-2", "Hello"), say(hive, "session-3", "Hello")]);
  expect(sent.map(({ kind }) => kind)).toEqual(["landed", "landed", "landed"]);
  expect(new Set((await sandbox.history(hub)).slice(-3).map(({ op }) => op)).size).toBe(3);
});
