import { describe, expect, it } from "vitest";
import type { Part } from "../../../src/domain/snapshot.ts";
import { aCollaboration, aHeartbeat, aProfile } from "../../support/builders.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { commitByHand, type HandFile } from "../../support/hand-commit.ts";
import { hubWith, say, sessionId } from "../../support/hub-with.ts";

const THIRD = "coordination/SESSIONS/session-3.json";
const PROFILE = JSON.stringify(aProfile({ id: "session-3" }));

/** What a host reads in a hub with two sessions and one message, after files were committed by hand. */
async function readWith(files: readonly HandFile[], parts: readonly Part[]) {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, "session-1", "session-2");
  const hive = await sandbox.hive(hub);
  await say(hive, "session-1", "Hello");
  await commitByHand(sandbox, hub, files);
  return hive.read([...parts, "sessions", "messages"]);
}

const LINK = { mode: "120000", content: "../../../etc/passwd" } as const;

const BAD_ENTRIES: [what: string, part: Part, file: HandFile, rule: string][] = [
  ["a link in place of a file", "sessions", { path: THIRD, ...LINK }, "mode"],
  ["a submodule in place of a file", "sessions", { path: THIRD, mode: "160000" }, "mode"],
  ["a folder in place of a file", "sessions", { path: `${THIRD}/x.json`, content: PROFILE }, "mode"],
  ["a link in place of a year", "messages", { path: "coordination/MESSAGES/2027", ...LINK }, "mode"],
  [
    "a folder whose name is no year",
    "messages",
    { path: "coordination/MESSAGES/zz/x", content: "x" },
    "mode",
  ],
  [
    "a submodule in place of a day",
    "messages",
    { path: "coordination/MESSAGES/2026/01/30", mode: "160000" },
    "mode",
  ],
  ["a link in place of a folder", "heartbeats", { path: "coordination/HEARTBEATS", ...LINK }, "mode"],
  [
    "a submodule in place of a folder",
    "heartbeats",
    { path: "coordination/HEARTBEATS", mode: "160000" },
    "mode",
  ],
  ["a file in place of a folder", "heartbeats", { path: "coordination/HEARTBEATS", content: "{}" }, "mode"],
  [
    "a folder in place of the registry",
    "registry",
    { path: "coordination/REGISTRY.json/x", content: "{}" },
    "mode",
  ],
  ["a link in place of the registry", "registry", { path: "coordination/REGISTRY.json", ...LINK }, "mode"],
  [
    "a link whose target looks like a registry",
    "registry",
    {
      path: "coordination/REGISTRY.json",
      mode: "120000",
      content: '{"registry_version":"1.0","sessions":{}}',
    },
    "mode",
  ],
  ["a link in place of the settings", "settings", { path: "coordination/hive.yaml", ...LINK }, "mode"],
  [
    "settings that are not plain YAML",
    "settings",
    { path: "coordination/hive.yaml", content: "format: &a 1" },
    "yaml",
  ],
];

const BAD_FILES: [what: string, content: string | Uint8Array, rule: string][] = [
  ["a file that is too large", `${PROFILE}${" ".repeat(262_145 - PROFILE.length)}`, "size"],
  ["bytes that are not UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), "utf-8"],
  ["half a surrogate pair in UTF-8", Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), "utf-8"],
  ["a byte-order mark", `\ufeff${PROFILE}`, "utf-8"],
  ["a NUL", PROFILE.replace("Session", "Ses\0sion"), "utf-8"],
  ["an empty file", "", "json"],
  ["half a file", PROFILE.slice(0, 40), "json"],
  ["conflict markers", `<<<<<<< HEAD\n${PROFILE}\n=======\n${PROFILE}\n>>>>>>> other\n`, "json"],
  ["extreme nesting", `{"x":${"[".repeat(100_000)}`, "depth"],
  ["the key __proto__", PROFILE.replace("{", '{"__proto__":{"admin":true},'), "key"],
  ["the key constructor", PROFILE.replace("{", '{"constructor":{"prototype":{"admin":true}},'), "key"],
  ["the key prototype, deep inside", PROFILE.replace("{", '{"x":[{"y":{"prototype":1}}],'), "key"],
  ["a repeated key", PROFILE.replace("{", '{"status":"idle",'), "key"],
  ["a repeated key, in two spellings", PROFILE.replace("{", '{"st\\u0061tus":"idle",'), "key"],
  ["a repeated key, far from its colon", PROFILE.replace("{", `{"status"${" ".repeat(99)}:"idle",`), "key"],
  ["the id of another session", PROFILE.replace("session-3", "session-1"), "id-is-name"],
  ["the id of a path", PROFILE.replace("session-3", "../session-3"), "schema"],
  ["a list in place of an object", "[]", "schema"],
  ["a number in place of a text", PROFILE.replace('"Session One"', "1"), "schema"],
  ["an invalid date", PROFILE.replaceAll("2026-01-31", "2026-02-30"), "schema"],
];

describe("one bad file is one finding, and all others are read", () => {
  it.each(BAD_ENTRIES)("%s", async (_, part, file, rule) => {
    const { findings, state } = await readWith([file], [part]);
    expect(findings).toEqual([
      expect.objectContaining({ path: file.path.replace(/\/x(\.json)?$/, ""), rule }),
    ]);
    expect([...state.sessions.keys()]).toEqual(expect.arrayContaining(["session-1", "session-2"]));
    expect(state.messages.map(({ body }) => body)).toEqual(["Hello"]);
  });

  it.each(BAD_FILES)("%s", async (_, content, rule) => {
    const { findings, state } = await readWith([{ path: THIRD, content }], []);
    expect(findings).toEqual([expect.objectContaining({ path: THIRD, rule })]);
    expect([...state.sessions.keys()].sort()).toEqual(["session-1", "session-2"]);
    expect(Object.hasOwn(Object.prototype, "admin")).toBe(false);
  });
});

describe("a finding has the position of the problem", () => {
  it.each([
    ["a value is missing", '{\n  "id": "session-3",\n  "name": }\n', 3, 11],
    ["a value is not JSON", '{\n  "id": "session-3",\n  "name": yes\n}\n', 3, 11],
    ["a comma is missing", '{\n  "id": "session-3"\n  "name": "x"\n}\n', 3, 3],
    ["there is an extra comma", '{\n  "id": "session-3",\n}\n', 3, 1],
    ["a conflict is at the start of the file", "<<<<<<< HEAD\n{}\n=======\n", 1, 1],
    ["a conflict is inside", '{\n  "id": "session-3",\n<<<<<<< HEAD\n  "name": "x"\n', 3, 1],
    ["the file ends too early", '{\n  "id": "session-3"', 2, 20],
    ["there is text after the value", "{\n}\nx", 3, 1],
  ])("%s", async (_, content, line, column) => {
    const { findings } = await readWith([{ path: THIRD, content }], []);
    expect(findings).toEqual([expect.objectContaining({ rule: "json", line, column })]);
  });

  it("the finding about a value that the schema refuses points to its key", async () => {
    const content = JSON.stringify(aProfile({ id: "session-3" }), null, 2).replace(
      '"active"',
      '"Not A Status"',
    );
    const { findings } = await readWith([{ path: THIRD, content }], []);
    expect(findings).toEqual([
      expect.objectContaining({
        line: 5,
        column: 3,
        message: expect.stringMatching(/^status: a status is one/),
      }),
    ]);
  });
});

describe("unknown data is kept when git-hive rewrites a file", () => {
  it("in a profile, a heartbeat and the registry, when a session registers again", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, "session-1");
    const extra = { favourite_editor: "ed", nested: { list: [1, null, "x"] } };
    const json = (path: string, value: object) => ({ path, content: JSON.stringify({ ...value, ...extra }) });
    await commitByHand(sandbox, hub, [
      json("coordination/SESSIONS/session-1.json", aProfile()),
      json("coordination/HEARTBEATS/session-1.json", aHeartbeat()),
      json("coordination/REGISTRY.json", { registry_version: "1.0", sessions: {} }),
    ]);
    const hive = await sandbox.hive(hub);
    await hive.submit("register", { role: "Tester" }, sessionId("session-1"));
    for (const name of ["SESSIONS/session-1.json", "HEARTBEATS/session-1.json", "REGISTRY.json"]) {
      const text = await sandbox.git(hub, "show", `main:coordination/${name}`);
      expect(JSON.parse(text), name).toMatchObject(extra);
    }
    expect(await sandbox.git(hub, "show", "main:coordination/SESSIONS/session-1.json")).toContain("Tester");
  });

  it("in a request and its history, when it is accepted", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, "session-1", "session-2");
    const steps = [{ status: "pending", session: "session-2", at: "2026-01-31T12:00:00Z", mood: "hopeful" }];
    const request = { ...aCollaboration({ history: steps }), estimate: { hours: 2 } };
    const path = `coordination/ACTIVE/COLLABORATIONS/${request.request_id}.json`;
    await commitByHand(sandbox, hub, [{ path, content: JSON.stringify(request) }]);
    const hive = await sandbox.hive(hub);
    await hive.submit("accept", { request: request.request_id }, sessionId("session-1"));
    expect(JSON.parse(await sandbox.git(hub, "show", `main:${path}`))).toMatchObject({
      status: "accepted",
      estimate: { hours: 2 },
      history: [steps[0], { status: "accepted", session: "session-1" }],
    });
  });
});
