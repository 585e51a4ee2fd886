import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Hive } from "../../../src/app/hive/hive.ts";
import type { Finding } from "../../../src/domain/values/finding.ts";
import { decideAll } from "../../../src/store/landing/decide-batch.ts";
import { parseTarget } from "../../../src/store/validation/revisions.ts";
import { aHeartbeat, anOperation, aProfile } from "../../support/builders.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { commitByHand, type HandFile } from "../../support/hand-commit.ts";
import { placeOf, publish } from "../../support/hub-store.ts";
import { askForHelp, hubWith, say, sessionId } from "../../support/hub-with.ts";
import { Sandbox } from "../../support/sandbox.ts";

const START = "0".repeat(40);
const workshop = new Sandbox();
let [hub, base, request] = ["", "", ""];
let hive: Hive;

beforeAll(async () => {
  hub = await hubWith(workshop, "session-1", "session-2", "session-3");
  hive = await workshop.hive(hub);
  request = await askForHelp(hive, "session-1", "session-2");
  base = await workshop.git(hub, "rev-parse", "main");
});
afterAll(() => workshop.close());

async function reset(): Promise<void> {
  await workshop.git(hub, "update-ref", "refs/heads/main", base);
}

async function findingsIn(range: string, of = hive): Promise<readonly Finding[]> {
  return (await of.validate(parseTarget(range))).findings;
}

/** The findings of one commit on top of the hub. */
async function findingsOf(files: readonly HandFile[], author: string, ...sessions: string[]) {
  await reset();
  const message = ["by hand", "", ...sessions.map((session) => `Hive-Session: ${session}`), ""].join("\n");
  await commitByHand(workshop, hub, files, { author, message });
  return findingsIn(`${base}..HEAD`);
}

async function record(): Promise<Record<string, unknown> & { history: object[] }> {
  return JSON.parse(await workshop.git(hub, "show", `${base}:${recordPath()}`));
}

function recordPath(): string {
  return `coordination/ACTIVE/COLLABORATIONS/${request}.json`;
}

function beatOf(id: string): HandFile {
  return {
    path: `coordination/HEARTBEATS/${id}.json`,
    content: JSON.stringify(aHeartbeat({ session_id: id })),
  };
}

describe("a range that brought a secret", () => {
  async function warningsIn(range: string) {
    return (await hive.validate(parseTarget(range))).warnings;
  }

  it("has a warning that names the commit, also when a later commit took the secret out", async () => {
    await reset();
    await hive.submit("heartbeat", { work: "Using PGPASSWORD=hunter2x psql" }, sessionId("session-1"));
    const commit = (await workshop.git(hub, "rev-parse", "main")).slice(0, 7);
    await hive.submit("heartbeat", { work: "Reading" }, sessionId("session-1"));
    expect((await hive.validate(parseTarget(undefined))).warnings).toEqual([]);
    const found = await warningsIn(`${base}..HEAD`);
    expect(found.map(({ path }) => path)).toEqual([
      "coordination/HEARTBEATS/session-1.json",
      "coordination/SESSIONS/session-1.json",
    ]);
    for (const { rule, message } of found) {
      expect(rule).toBe("secret");
      expect(message).toContain(`${commit} by session-1: looks like`);
      expect(message).not.toContain("hunter2x");
    }
    expect(await findingsIn(`${base}..HEAD`)).toEqual([]);
  });

  it("has one for a file that is not git-hive's, and none for lines that were there before", async () => {
    await reset();
    const notes = (content: string) => [{ path: "coordination/NOTES.txt", content }];
    await commitByHand(workshop, hub, notes("one\nDB_PASSWORD=hunter2x\n"), {
      author: "session-1",
      message: "notes",
    });
    const before = await workshop.git(hub, "rev-parse", "main");
    await commitByHand(workshop, hub, notes("one\nDB_PASSWORD=hunter2x\ntwo\n"), {
      author: "session-1",
      message: "more",
    });
    const inState = { line: 2, column: 13, rule: "secret" };
    expect(await warningsIn(`${base}..HEAD`)).toMatchObject([{ line: 1, rule: "secret" }, inState]);
    expect(await warningsIn(`${before}..HEAD`)).toMatchObject([inState]);
  });
});

describe("a range in which every session changes only its own files", () => {
  it("has no findings, from the hub's first commit on", async () => {
    await reset();
    await hive.submit("accept", { request }, sessionId("session-2"));
    await say(hive, "session-3", "Hello");
    expect(await findingsIn(`${START}..HEAD`)).toEqual([]);
    expect(await findingsIn(`${base}..`)).toEqual([]);
  });

  it("may have a heartbeat committed by plain git in the session's name", async () => {
    expect(await findingsOf([beatOf("session-2")], "session-2")).toEqual([]);
  });

  it("may have heartbeats of one host in one commit", async () => {
    const files = [beatOf("session-1"), beatOf("session-2")];
    expect(await findingsOf(files, "session-1", "session-1", "session-2")).toEqual([]);
  });

  it("may have commits that one host landed for several sessions: heartbeats in one commit, a recorded refusal", async () => {
    await reset();
    const store = await placeOf(workshop, hub);
    const { reader, repository, roots } = store;
    const at = "2026-01-31T12:02:00Z";
    const attempt = (kind: string, session: string, last: string, input: object = {}) =>
      anOperation(input, { kind, session, at, op: `01KG9M2V0000000000000000${last}` });
    const operations = [
      attempt("heartbeat", "session-1", "A1"),
      attempt("heartbeat", "session-2", "A2"),
      attempt("accept", "session-3", "A3", { request }),
      attempt("accept", "session-2", "A4", { request }),
    ];
    const { drafts } = await decideAll(reader, repository.address, roots.newest(), operations, {
      isDropped: () => false,
      isVisible: () => true,
      isForeign: () => false,
    });
    await publish(store, base, drafts);
    const carried = (await workshop.history(hub)).slice(-3);
    expect(carried.map(({ kind, session }) => `${kind} ${session}`)).toEqual([
      "heartbeat session-1 session-2",
      "refusal session-3",
      "accept session-2",
    ]);
    expect(
      await workshop.git(hub, "log", "-1", "--skip=1", "--format=%(trailers:key=Hive-Refused,valueonly)"),
    ).toBe(operations[2]?.op);
    expect(await findingsIn(`${base}..HEAD`)).toEqual([]);
  });
});

describe("a finding in a range names the commit and its author", () => {
  it.each([
    ["another session", "session-1", ["session-1"], "by session-1: only session-2 or git-hive"],
    ["an author without a trailer", "Mallory", [], "by Mallory: only session-2 or git-hive"],
    ["an author of another name than its trailer", "Mallory", ["session-2"], "by Mallory for session-2"],
  ])("changed a heartbeat: %s", async (_, author, sessions, words) => {
    const found = await findingsOf([beatOf("session-2")], author, ...sessions);
    expect(found.filter(({ rule }) => rule === "owner")).toEqual([
      expect.objectContaining({
        path: "coordination/HEARTBEATS/session-2.json",
        message: expect.stringContaining(words),
      }),
    ]);
    const commit = (await workshop.git(hub, "rev-parse", "main")).slice(0, 7);
    for (const { message } of found) expect(message.startsWith(`${commit} by ${author}`)).toBe(true);
  });

  it("accepted a request in the name of another session", async () => {
    const before = await record();
    const at = "2026-01-31T12:00:00Z";
    const history = [...before.history, { status: "accepted", session: "session-2", at }];
    const content = JSON.stringify({ ...before, status: "accepted", history });
    const found = await findingsOf([{ path: recordPath(), content }], "session-3", "session-3");
    expect(found.map(({ rule }) => rule)).toEqual(["request", "request"]);
  });

  it("removed a request", async () => {
    const found = await findingsOf([{ path: recordPath() }], "session-2", "session-2");
    expect(found).toMatchObject([
      { rule: "request", path: recordPath(), message: expect.stringContaining("the request was removed") },
      { rule: "reference" },
    ]);
  });

  it("edited the registry and the board", async () => {
    await reset();
    const registry = await workshop.git(hub, "show", "main:coordination/REGISTRY.json");
    const files = [
      { path: "coordination/REGISTRY.json", content: `${registry}\n\n` },
      { path: "coordination/MESSAGES.md", content: "# Mine\n" },
    ];
    const found = await findingsOf(files, "session-1", "session-1");
    expect(found.map(({ path, rule }) => [path, rule])).toEqual([
      ["coordination/MESSAGES.md", "generated"],
      ["coordination/MESSAGES.md", "board"],
      ["coordination/REGISTRY.json", "generated"],
    ]);
  });

  it("added a file that a later commit removed", async () => {
    await reset();
    await commitByHand(workshop, hub, [beatOf("session-2")], { author: "session-3" });
    await workshop.git(hub, "update-ref", "refs/heads/main", await revertOf("main"));
    expect(await findingsIn(`${base}..HEAD`)).toMatchObject([{ rule: "owner" }, { rule: "owner" }]);
  });

  it("allows every session to repair an unreadable file", async () => {
    await reset();
    const broken = { path: "coordination/SESSIONS/session-9.json", content: "{" };
    const at = await commitByHand(workshop, hub, [broken], { author: "Mallory" });
    await commitByHand(workshop, hub, [{ path: broken.path }], { author: "Ada" });
    expect(await findingsIn(`${at}..HEAD`)).toEqual([]);
    expect(await findingsIn(`${base}..HEAD`)).toMatchObject([{ rule: "owner" }]);
  });

  it("and is not misled by names and messages that look like git's own output", async () => {
    const author = "session-1\u001fgit-hive";
    expect(await findingsOf([beatOf("session-2")], author)).toMatchObject([{ rule: "owner" }]);
    const path = ":100644 100644 a b M";
    const files = [{ path: `"coordination/docs/${path}"`, content: "x" }, beatOf("session-2")];
    expect((await findingsOf(files, "session-1")).map(({ rule }) => rule).sort()).toEqual(["name", "owner"]);
  });
});

async function revertOf(name: string): Promise<string> {
  const tree = await workshop.git(hub, "rev-parse", `${base}^{tree}`);
  return workshop.git(hub, "commit-tree", tree, "-p", name, "-m", "revert");
}

describe("history", () => {
  it("that was rewritten is found when the old commit still exists", async () => {
    await reset();
    const old = await commitByHand(workshop, hub, [beatOf("session-2")], { author: "session-2" });
    await reset();
    await commitByHand(workshop, hub, [beatOf("session-3")], { author: "session-3" });
    expect(await findingsIn(`${old}..HEAD`)).toMatchObject([
      { rule: "history", path: "coordination", message: expect.stringContaining("does not follow") },
    ]);
  });

  it("that parted from another is checked from that commit on", async () => {
    await reset();
    const other = await commitByHand(workshop, hub, [beatOf("session-2")], { author: "session-2" });
    await reset();
    await commitByHand(workshop, hub, [beatOf("session-3")], { author: "session-1" });
    expect(await findingsIn(`${other}...HEAD`)).toMatchObject([
      { rule: "owner", path: "coordination/HEARTBEATS/session-3.json" },
    ]);
  });

  it("that was rewritten is found when the old commit is missing", async () => {
    await reset();
    expect(await findingsIn(`${"12ab".repeat(10)}..HEAD`)).toMatchObject([
      { rule: "history", message: expect.stringContaining("is gone") },
    ]);
  });

  it("that a merge silently undid is found", async () => {
    await reset();
    await hive.submit("accept", { request }, sessionId("session-2"));
    const [lost, tree] = [
      await workshop.git(hub, "rev-parse", "main"),
      await workshop.git(hub, "rev-parse", `${base}^{tree}`),
    ];
    const side = await workshop.git(hub, "commit-tree", tree, "-p", base, "-m", "side");
    const merge = await workshop.git(hub, "commit-tree", tree, "-p", side, "-p", lost, "-m", "merge");
    await workshop.git(hub, "update-ref", "refs/heads/main", merge);
    const found = await findingsIn(`${lost}..HEAD`);
    expect(found).toMatchObject([
      { rule: "merge", path: recordPath() },
      { rule: "merge", path: "coordination/HEARTBEATS/session-2.json" },
    ]);
    expect(found[0]?.message).toContain(`undoes what ${lost.slice(0, 7)} brought`);
  });

  it("with a merge of two sides that keeps both has no findings", async () => {
    await reset();
    const ours = await commitByHand(workshop, hub, [beatOf("session-2")], { author: "session-2" });
    await reset();
    const theirs = await commitByHand(workshop, hub, [beatOf("session-3")], { author: "session-3" });
    await commitByHand(workshop, hub, [beatOf("session-2")], { author: "x" });
    const tree = await workshop.git(hub, "rev-parse", "main^{tree}");
    const merge = await workshop.git(hub, "commit-tree", tree, "-p", ours, "-p", theirs, "-m", "merge");
    await workshop.git(hub, "update-ref", "refs/heads/main", merge);
    expect(await findingsIn(`${base}..HEAD`)).toEqual([]);
  });

  it("that a shallow clone lacks is an error", async () => {
    await reset();
    await say(hive, "session-3", "Hello");
    const sandbox = openSandbox();
    const shallow = sandbox.folder("shallow.git");
    await sandbox.git(shallow, "clone", "--quiet", "--bare", "--depth=1", `file://${hub}`, ".");
    const reader = await sandbox.hive(shallow);
    await expect(findingsIn(`${base}..HEAD`, reader)).rejects.toMatchObject({
      code: "shallow",
      hint: expect.stringContaining("fetch-depth: 0"),
    });
  });
});

describe("a hub that only git-hive has written", () => {
  const IDS = ["session-1", "session-2", "session-3"] as const;
  const act = fc.record({
    kind: fc.constantFrom(
      ...(["broadcast", "request", "accept", "start", "complete", "decline", "cancel"] as const),
      ...(["heartbeat", "register", "expire", "need", "handoff", "takeover"] as const),
    ),
    by: fc.constantFrom(...IDS),
    to: fc.constantFrom(...IDS),
    days: fc.constantFrom(0, 0, 0, 1, 5, 20),
    /** The index of the request, and whether the session that the request is with makes the move. */
    pick: fc.nat(3),
    isApt: fc.boolean(),
  });

  type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

  async function perform(own: Hive, { kind, by, to, days, pick, isApt }: Act): Promise<void> {
    const { state } = await own.read(["collaborations"]);
    const all = [...state.collaborations.values()];
    const about = all[pick % all.length];
    const id = about?.request_id ?? "collab-1";
    const apt = (isApt ? about?.to_session : undefined) ?? by;
    const inputs = {
      request: { to, text: "Help", urgency: "normal" },
      need: { to_capability: "go", text: "Help", urgency: "normal" },
      broadcast: { text: "Hello", priority: "normal" },
      heartbeat: { work: `Day ${days}` },
      handoff: {
        to: days === 0 ? to : undefined,
        request: isApt ? id : undefined,
        goal: "Go on",
        bundle: {},
      },
      takeover: { session: to },
    };
    const input = inputs[kind as keyof typeof inputs] ?? { request: id };
    const session = sessionId(kind === "expire" ? "git-hive" : apt);
    await own.submit(kind === "need" ? "request" : kind, input as never, session);
  }

  it("has no findings, whatever was done and however long it was idle", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 20, maxLength: 25 }), async (acts) => {
        const sandbox = new Sandbox();
        try {
          const own = await sandbox.hive(await hubWith(sandbox, ...IDS));
          for (const each of acts) {
            sandbox.clock.now += each.days * 86_400_000 + 1000;
            await perform(own, each);
          }
          expect(await findingsIn(`${START}..HEAD`, own)).toEqual([]);
        } finally {
          await sandbox.close();
        }
      }),
      { numRuns: 4 },
    );
  });

  it("has none after a need was declined, taken, handed over, taken over and ended", async () => {
    const sandbox = openSandbox();
    const own = await sandbox.hive(await hubWith(sandbox, ...IDS, "session-4"));
    const by = async (session: string, kind: "request" | "decline" | "accept" | "handoff", input: object) => {
      const ended = await own.submit(kind, input as never, sessionId(session));
      if (ended.kind !== "landed") throw new Error(`${kind} came to ${JSON.stringify(ended)}`);
      return ended.result.collaboration.request_id;
    };
    const id = await by("session-1", "request", { to_capability: "go", text: "Help", urgency: "normal" });
    await by("session-2", "decline", { request: id });
    await by("session-3", "accept", { request: id });
    sandbox.clock.now += 1000;
    const handover = await by("session-3", "handoff", {
      request: id,
      goal: "Go on",
      bundle: { done: ["Half"] },
    });
    await by("session-2", "accept", { request: handover });
    sandbox.clock.now += 90_000_000;
    const taken = await own.submit("takeover", { session: sessionId("session-2") }, sessionId("session-4"));
    expect(taken).toMatchObject({ kind: "landed", result: { taken_over: [{ request_id: id }] } });
    const evidence = "https://github.com/team/app/pull/42";
    const done = await own.submit("complete", { request: id, evidence }, sessionId("session-4"));
    expect(done).toMatchObject({
      kind: "landed",
      result: { collaboration: { evidence, history: { length: 7 } } },
    });
    expect(await findingsIn(`${START}..HEAD`, own)).toEqual([]);
  });

  it("names commits that only say that they carry or refuse an operation, and a second end of one", async () => {
    const sandbox = openSandbox();
    const path = await hubWith(sandbox, "session-1");
    const own = await sandbox.hive(path);
    const { op } = await say(own, "session-1", "true");
    const from = await sandbox.git(path, "rev-parse", "main");
    const mention = async (key: string, id: string, files: readonly HandFile[] = []) => {
      const message = `by hand\n\n${key}: ${id}\nHive-Session: session-1\nHive-Kind: later-kind\n`;
      return (await commitByHand(sandbox, path, files, { author: "session-1", message })).slice(0, 7);
    };
    const [other, third] = [op.replace(/.$/, "X"), op.replace(/.$/, "Y")];
    const commits = [
      await mention("Hive-Op", other),
      await mention("Hive-Refused", third, [{ path: "coordination/notes.txt", content: "x" }]),
      await mention("Hive-Refused", op),
    ];
    const findings = (await findingsIn(`${from}..HEAD`, own)).filter(({ rule }) => rule === "operation");
    expect(findings.map(({ message }) => message)).toEqual([
      `${commits[0]}: the trailer Hive-Op names ${other}, but no file changes`,
      `${commits[1]}: the trailer Hive-Refused names ${third}; expected no change of a file`,
      expect.stringContaining(`${commits[2]}: operation ${op} has ended in `),
    ]);
  });

  it("has none after an import from the old tools", async () => {
    const { translate } = await import("../../../src/importers/bash-tools/translate.ts");
    const bytes = (value: object) => new TextEncoder().encode(JSON.stringify(value));
    const files = [
      {
        path: "session-7.json",
        bytes: bytes({ session_id: "session-7", status: "Working Hard", role: "x" }),
      },
      {
        path: "messages/broadcast/2025-11-15_09-54-11-ghost.json",
        bytes: bytes({ from: "ghost", message: "Boo", request_id: "collab-123" }),
      },
      {
        path: "ACTIVE/COLLABORATIONS/collab-1763229251.json",
        bytes: bytes({
          request_id: "collab-1763229251",
          from_session: "session-7",
          to_session: "Nobody Known",
          request: "Help",
          status: "completed",
          created_at: "2025-11-15T09:54:11Z",
        }),
      },
      {
        path: "HEARTBEATS/session-8.json",
        bytes: bytes({ session_id: "session-8", last_heartbeat: "never" }),
      },
      { path: "ACTIVE/COLLABORATIONS/broken.json", bytes: new TextEncoder().encode("{<<<<<<<") },
    ];
    const sandbox = openSandbox();
    const own = await sandbox.hive(await hubWith(sandbox, "session-1"));
    const { read: _, ...input } = translate(files);
    expect(
      [input.profiles, input.messages, input.collaborations, input.originals].every(
        ({ length }) => length > 0,
      ),
    ).toBe(true);
    for (const by of ["git-hive", "session-1"]) {
      await own.submit("import", input, sessionId(by));
      expect(await findingsIn(`${START}..HEAD`, own)).toEqual([]);
    }
  });

  it("imported by a session has none", async () => {
    const { translate } = await import("../../../src/importers/bash-tools/translate.ts");
    const profile = JSON.stringify({ ...aProfile({ id: "session-7" }), session_id: "session-7" });
    const { read: _, ...input } = translate([
      { path: "session-7.json", bytes: new TextEncoder().encode(profile) },
    ]);
    const sandbox = openSandbox();
    const own = await sandbox.hive(await hubWith(sandbox, "session-1"));
    await own.submit("import", input, sessionId("session-1"));
    expect(await findingsIn(`${START}..HEAD`, own)).toEqual([]);
  });
});
