import { describe, expect, it } from "vitest";
import { decide } from "../../../../src/domain/decide.ts";
import type { FileChange } from "../../../../src/domain/decision.ts";
import { type ImportInput, importSeed } from "../../../../src/domain/maintenance/operations/import.ts";
import type { Message } from "../../../../src/domain/messages/message.ts";
import type { Collaboration } from "../../../../src/domain/requests/collaboration.ts";
import { type Heartbeat, type Profile, Registry } from "../../../../src/domain/sessions/session.ts";
import type { Snapshot } from "../../../../src/domain/snapshot.ts";
import { RequestId, SessionId, Ulid } from "../../../../src/domain/values/ids.ts";
import { aCollaboration, aHeartbeat, aMessage, aProfile, aState } from "../../../support/builders.ts";

const EMPTY = aState();
const OPERATION = {
  op: Ulid.parse("01KA4AEDDR0000000000000000"),
  kind: "import",
  session: SessionId.parse("git-hive"),
  at: "2026-01-01T00:00:00Z",
};

function profile(id: string, fields: Record<string, unknown> = {}): Profile {
  return aProfile({ id, name: id, ...fields });
}

function heartbeat(id: string, hour: string, fields: Record<string, unknown> = {}): Heartbeat {
  return aHeartbeat({ session_id: id, name: id, last_heartbeat: `2025-11-15T${hour}:00:00Z`, ...fields });
}

function message(id: string, fields: Record<string, unknown> = {}): Message {
  const sent_at = "2025-11-15T17:54:11Z";
  return aMessage({ id: `01KA4AEDDR${id.padStart(16, "0")}`, sent_at, ...fields });
}

function request(request_id: string, text: string): Collaboration {
  return aCollaboration({ request_id, request: text });
}

function input(parts: Partial<ImportInput> = {}): ImportInput {
  const lists = { profiles: [], heartbeats: [], messages: [], collaborations: [], originals: [] };
  return { ...lists, alternates: {}, registry: {}, salvaged: [], rejected: [], ignored: [], ...parts };
}

function run(state: Snapshot, operation: ImportInput) {
  const decision = decide(importSeed, state, { ...OPERATION, input: operation });
  if (decision.kind === "refusal") throw new Error("an import is never refused");
  return { ...decision, files: decision.kind === "change" ? decision.files : [] };
}

/** The state after these files are written, as a reader of the hub reads it. */
function written(state: Snapshot, files: readonly FileChange[], operation: ImportInput): Snapshot {
  const json = (folder: string) =>
    files
      .filter(({ path }) => path.startsWith(`coordination/${folder}/`))
      .map(({ text }) => JSON.parse(text ?? ""));
  const registry = files.find(({ path }) => path === "coordination/REGISTRY.json")?.text;
  return {
    ...state,
    sessions: new Map([...state.sessions, ...json("SESSIONS").map((each) => [each.id, each] as const)]),
    heartbeats: new Map([
      ...state.heartbeats,
      ...json("HEARTBEATS").map((each) => [each.session_id, each] as const),
    ]),
    collaborations: new Map([
      ...state.collaborations,
      ...json("ACTIVE/COLLABORATIONS").map((each) => [each.request_id, each] as const),
    ]),
    registry: registry === undefined ? state.registry : Registry.parse(JSON.parse(registry)),
    messages: [...state.messages, ...operation.messages],
    paths: new Set([...state.paths, ...files.map(({ path }) => path)]),
  };
}

const WHOLE = input({
  profiles: [profile("a-1"), profile("b-2", { port: 8003 })],
  heartbeats: [heartbeat("a-1", "17")],
  messages: [message("1"), message("2", { seed_time: "unknown" })],
  collaborations: [request("collab-1763229251", "Help"), request("collab-1763229251-ab12", "Help more")],
  alternates: { "collab-1763229251": RequestId.parse("collab-1763229251-cd34") },
  registry: { coordinator: "a-1" },
  originals: [{ path: "coordination/ARCHIVE/IMPORT/0123456789abcdef-MESSAGES.md", text: "# Board\n" }],
  salvaged: [{ path: "a.json", reason: "not valid JSON" }],
  rejected: [{ path: "b.json", reason: "empty" }],
  ignored: ["README.md"],
});

describe("importing a directory of the old tools", () => {
  it("imports everything in one change", () => {
    const { kind, files, result, ...rest } = run(EMPTY, WHOLE);
    expect(kind).toBe("change");
    expect(rest).toMatchObject({ subject: "import 2 sessions, 1 heartbeat, 2 messages, 2 collaborations" });
    expect(result).toEqual({
      sessions: 2,
      heartbeats: 1,
      messages: 2,
      collaborations: 2,
      salvaged: WHOLE.salvaged,
      rejected: WHOLE.rejected,
      ignored: WHOLE.ignored,
    });
    expect(files.map(({ path }) => path.replace("coordination/", "")).sort()).toEqual([
      "ACTIVE/COLLABORATIONS/collab-1763229251-ab12.json",
      "ACTIVE/COLLABORATIONS/collab-1763229251.json",
      "ARCHIVE/IMPORT/0123456789abcdef-MESSAGES.md",
      "HEARTBEATS/a-1.json",
      "MESSAGES.md",
      "MESSAGES/2025/11/15/01KA4AEDDR0000000000000001.md",
      "MESSAGES/2025/11/15/01KA4AEDDR0000000000000002.md",
      "REGISTRY.json",
      "SESSIONS/a-1.json",
      "SESSIONS/b-2.json",
    ]);
  });

  it("changes nothing a second time, and reports the same about the files", () => {
    const first = run(EMPTY, WHOLE);
    const second = run(written(EMPTY, first.files, WHOLE), WHOLE);
    expect(second).toMatchObject({
      kind: "nothing",
      result: { sessions: 0, heartbeats: 0, messages: 0, collaborations: 0, salvaged: WHOLE.salvaged },
    });
  });

  it("adds only the new files of a directory that has grown", () => {
    const state = written(EMPTY, run(EMPTY, WHOLE).files, WHOLE);
    const more = {
      ...WHOLE,
      profiles: [...WHOLE.profiles, profile("c-3")],
      messages: [...WHOLE.messages, message("3")],
    };
    expect(run(state, more).result).toMatchObject({
      sessions: 1,
      heartbeats: 0,
      messages: 1,
      collaborations: 0,
    });
  });

  it("does not change a session that the hub has, because the hub is newer", () => {
    const state = aState({ sessions: [profile("a-1", { role: "Lead" })] });
    expect(run(state, input({ profiles: [profile("a-1")] }))).toMatchObject({ kind: "nothing" });
  });

  it.each([
    ["SESSIONS/a-1.json", input({ profiles: [profile("a-1")] })],
    ["HEARTBEATS/a-1.json", input({ heartbeats: [heartbeat("a-1", "17")] })],
    ["ACTIVE/COLLABORATIONS/collab-1.json", input({ collaborations: [request("collab-1", "Help")] })],
    [
      "ARCHIVE/COLLABORATIONS/2025/11/collab-1.json",
      input({ collaborations: [request("collab-1", "Help")] }),
    ],
    ["MESSAGES/2025/11/15/01KA4AEDDR0000000000000001.md", input({ messages: [message("1")] })],
  ])("leaves alone what stands at %s, even where it cannot be read", (path, operation) => {
    expect(run({ ...EMPTY, paths: new Set([`coordination/${path}`]) }, operation)).toMatchObject({
      kind: "nothing",
    });
  });

  it.each([
    ["older", "16", 1],
    ["as old", "17", 0],
    ["newer", "18", 0],
  ])("with a heartbeat in the hub that is %s", (_, hour, added) => {
    const state = aState({ heartbeats: [heartbeat("a-1", hour, { host: "mac" })] });
    const { result, files } = run(state, input({ heartbeats: [heartbeat("a-1", "17", { pid: 4 })] }));
    expect(result.heartbeats).toBe(added);
    for (const { text } of files) expect(JSON.parse(text ?? "")).toMatchObject({ host: "mac", pid: 4 });
  });

  it("gives a request another id if the hub has another request with its id", () => {
    const state = aState({
      collaborations: [request("collab-1763229251", "Something else")],
      paths: new Set(["coordination/ACTIVE/COLLABORATIONS/collab-1763229251.json"]),
    });
    const operation = { ...WHOLE, messages: [message("1", { request_id: "collab-1763229251" })] };
    const { files, result } = run(state, operation);
    const added = files.find(({ path }) => path.endsWith("/collab-1763229251-cd34.json"));
    expect(JSON.parse(added?.text ?? "{}")).toMatchObject({
      request: "Help",
      seed_request_id: "collab-1763229251",
    });
    expect(files.find(({ path }) => path.includes("/MESSAGES/"))?.text).toContain("collab-1763229251-cd34");
    expect(result.collaborations).toBe(2);
    expect(run(written(state, files, operation), operation)).toMatchObject({ kind: "nothing" });
  });

  it("recognizes a request whose id changed because of a collision in another directory", () => {
    const state = aState({
      collaborations: [request("collab-1763229251", "Help")],
      paths: new Set(["coordination/ACTIVE/COLLABORATIONS/collab-1763229251.json"]),
    });
    const renamed = request("collab-1763229251-ab12", "Help");
    expect(run(state, input({ collaborations: [renamed] }))).toMatchObject({ kind: "nothing" });
  });

  it("recognizes a message without a time by its content alone", () => {
    const state = {
      ...EMPTY,
      paths: new Set(["coordination/MESSAGES/2025/11/14/01KA0000000000000000000007.md"]),
    };
    expect(run(state, input({ messages: [message("7", { seed_time: "unknown" })] }))).toMatchObject({
      kind: "nothing",
    });
    expect(run(state, input({ messages: [message("7")] }))).toMatchObject({ kind: "change" });
  });

  it("keeps the old registry's own keys, except those that the hub's registry has", () => {
    const state = { ...EMPTY, registry: { ...EMPTY.registry, coordinator: "b-2" } };
    const operation = input({ registry: { coordinator: "a-1", pending_proposals: [1], sessions: { x: 1 } } });
    const { files, subject } = { subject: "", ...run(state, operation) };
    const registry = JSON.parse(files[0]?.text ?? "{}");
    expect(registry).toEqual({
      registry_version: "1.0",
      coordinator: "b-2",
      pending_proposals: [1],
      sessions: {},
    });
    expect(Object.keys(registry).slice(0, 2)).toEqual(["registry_version", "sessions"]);
    expect(subject).toBe("import what the old tools left beside them");
  });

  it("writes the registry's own keys first, as every other writer does", () => {
    const { files } = run(EMPTY, WHOLE);
    const registry = files.find(({ path }) => path === "coordination/REGISTRY.json")?.text ?? "{}";
    const own = ["registry_version", "last_updated", "sessions"];
    expect(Object.keys(JSON.parse(registry))).toEqual([...own, "coordinator"]);
  });

  it("writes each path once, for any repeated input", () => {
    const twice = input({
      profiles: [profile("a-1"), profile("a-1")],
      messages: [message("1"), message("1")],
      collaborations: [request("collab-1", "Help"), request("collab-1", "Help")],
    });
    const paths = run(EMPTY, twice).files.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it.each([
    "coordination/ARCHIVE/IMPORT/0123456789abcdef-../../x",
    "coordination/ARCHIVE/IMPORT/x",
    "../0123456789abcdef-x",
    ".git/hooks/post-commit",
  ])("takes no original to %s", (path) => {
    expect(() => run(EMPTY, input({ originals: [{ path, text: "" }] }))).toThrow();
  });
});

describe("importing after time has passed", () => {
  it("does not bring back the heartbeat of a session that has expired", () => {
    const old = input({ heartbeats: [heartbeat("session-7", "09")] });
    const gone = aState({ sessions: [profile("session-7", { status: "offline" })] });
    expect(importSeed.decide(gone, old, OPERATION).kind).toBe("nothing");
    const here = aState({ sessions: [profile("session-7")] });
    expect(importSeed.decide(here, old, OPERATION).kind).toBe("change");
  });
});

describe("a record that names unregistered sessions", () => {
  it("is marked, and no other record is", () => {
    const brought = input({
      profiles: [profile("session-7")],
      messages: [
        message("1", { from: "session-7", to: "all" }),
        message("2", { from: "ghost-1", to: "ghost-2" }),
        message("3", { from: "session-1", to: "git-hive" }),
      ],
      collaborations: [request("collab-1", "Help")],
    });
    const decision = importSeed.decide(aState({ sessions: [profile("session-1")] }), brought, OPERATION);
    const values = decision.kind === "change" ? decision.files.map(({ value }) => value) : [];
    const noted = values.flatMap((value) =>
      typeof value === "object" && value !== null && "seed_unregistered" in value
        ? [value.seed_unregistered]
        : [],
    );
    expect(noted).toEqual(["session-2", "ghost-1, ghost-2"]);
  });
});
