import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ImportInput } from "../../../src/domain/maintenance/operations/import.ts";
import { translate } from "../../../src/importers/bash-tools/translate.ts";

const BROADCAST = "messages/broadcast/2025-11-15_09-54-11-a-1.json";

function file(path: string, content: unknown) {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return { path, bytes: new TextEncoder().encode(text) };
}

function accounts({ read, salvaged, rejected, ignored }: ReturnType<typeof translate>): string[] {
  return [...read, ...salvaged.map(({ path }) => path), ...rejected.map(({ path }) => path), ...ignored];
}

/** Paths of the old tools, and any other paths. */
const anyPath = fc.oneof(
  fc.constantFrom(
    "REGISTRY.json",
    "MESSAGES.md",
    "session-1.json",
    "session-2.json",
    "HEARTBEATS/a.json",
    "HEARTBEATS/Session A.json",
    "ACTIVE/COLLABORATIONS/collab-1763229251.json",
    "ACTIVE/COLLABORATIONS/x.json",
    "ARCHIVE/COLLABORATIONS/2025/11/x.json",
    BROADCAST,
    "messages/broadcast/x.json",
    "messages/direct/b-2/x.json",
    "messages/direct/../x.json",
  ),
  fc.string({ unit: "binary" }),
);

const anyKey = fc.constantFrom(
  ..."id session_id name role status specialization capabilities current_work working_on last_work".split(
    " ",
  ),
  ..."timestamp last_heartbeat confirmed_at registered_at updated_at created_at last_updated sessions".split(
    " ",
  ),
  ..."from to subject message priority request_id from_session to_session request urgency history".split(" "),
  ..."seed_from seed_conflicts __proto__ constructor <<".split(" "),
  "an unknown key",
);
const anyValue = fc.oneof(
  fc.constantFrom(
    "2025-11-15T17:54:11Z",
    "2025-11-15 00:42:41 UTC",
    "$(date)",
    1763234880.5,
    "all",
    "a-1",
    "Session A",
    "",
  ),
  fc.constantFrom("collab-1763229251", "pending", "completed", "high", "x".repeat(5000), "y".repeat(40_000)),
  fc.string({ unit: "binary" }),
  fc.jsonValue({ depthSize: "medium" }),
  fc.array(fc.string()),
);
const anyObject = fc.dictionary(anyKey, fc.oneof(anyValue, fc.dictionary(anyKey, anyValue)));
const boardLine = fc.constantFrom(
  "",
  "---",
  "# h",
  "### From: a",
  "**From:** a",
  "**To:** all",
  "**Time:** x",
  "text",
);

const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  anyObject.map((object) => new TextEncoder().encode(JSON.stringify(object))),
  anyObject.map((object) => new TextEncoder().encode(JSON.stringify(object).replace(/[":,]/, '"\n'))),
  fc.array(boardLine, { maxLength: 30 }).map((lines) => new TextEncoder().encode(lines.join("\n"))),
);
const anyFiles = fc.uniqueArray(fc.record({ path: anyPath, bytes: anyBytes }), {
  maxLength: 8,
  selector: ({ path }) => path,
});

describe("translating a directory of the old tools", () => {
  it("reads every kind of their files", () => {
    const translation = translate([
      file("REGISTRY.json", { sessions: { "a-1": {} } }),
      file("session-2.json", { session_id: "b-2" }),
      file("HEARTBEATS/c-3.json", { id: "c-3", timestamp: "2025-11-15T00:00:00Z" }),
      file("ACTIVE/COLLABORATIONS/collab-1.json", {
        from_session: "a-1",
        to_session: "b-2",
        request: "Help",
      }),
      file("MESSAGES.md", "---\n\n**From:** a-1\n\nHello\n"),
      file(BROADCAST, { from: "a-1", message: "Hi" }),
      file("messages/direct/b-2/x.json", { from: "a-1", message: "Hi" }),
    ]);
    expect(translation).toMatchObject({ salvaged: [], rejected: [], ignored: [] });
    expect(translation.read).toHaveLength(7);
    expect(translation.profiles.map(({ id }) => id)).toEqual(["a-1", "b-2", "c-3"]);
    expect([translation.messages.length, translation.collaborations.length]).toEqual([3, 1]);
  });

  it.each([
    "README.md",
    "messages/notes.txt",
    "HEARTBEATS/a/b.json",
    "SESSIONS/a.json",
    "",
    "../REGISTRY.json",
  ])("lists %j as ignored", (path) => {
    expect(translate([file(path, { from: "a-1", message: "Hi" })])).toMatchObject({
      ignored: [path],
      originals: [],
    });
  });

  it.each([
    ["an empty file", "  \n", "empty"],
    ["a file with nothing in it that could be read", "<html>", "not valid JSON"],
    ["a list", "[1]", "not a JSON object"],
    ["a file that is too large", `{"message": "${"x".repeat(262_144)}"}`, "larger than 256 KiB"],
    [
      "a file that is nested too deep",
      `{"message": "x", "a": ${"[".repeat(40)}${"]".repeat(40)}}`,
      "nested deeper than 32 levels",
    ],
    [
      "a file with a key of JavaScript's own",
      '{"message": "x", "a": {"__proto__": {}}}',
      "has a key that is reserved in JavaScript",
    ],
  ])("rejects %s with the reason and keeps its bytes", (_, content, reason) => {
    const { rejected, originals, messages } = translate([file(BROADCAST, content)]);
    expect(rejected).toEqual([{ path: BROADCAST, reason }]);
    expect(originals.map(({ text }) => text)).toEqual([content]);
    expect(messages).toEqual([]);
  });

  it.each([
    ["bytes that are no UTF-8", new Uint8Array([0xff, 0xfe, 0x00])],
    ["text with a NUL", new Uint8Array([0x61, 0x00])],
  ])("keeps %s in base 64", (_, bytes) => {
    const { originals } = translate([{ path: BROADCAST, bytes }]);
    expect(originals).toMatchObject([{ path: expect.stringMatching(/\.json\.base64$/) }]);
    expect(new Uint8Array(Buffer.from(originals[0]?.text ?? "", "base64"))).toEqual(bytes);
  });

  it("does not keep a file that is too large, and gives its hash", () => {
    const huge = { path: BROADCAST, bytes: new Uint8Array(1_048_577) };
    const { rejected, originals } = translate([huge]);
    expect(originals).toEqual([]);
    expect(rejected[0]?.reason).toContain(createHash("sha256").update(huge.bytes).digest("hex"));
  });

  it("keeps the byte-order mark in the original and reads the file without it", () => {
    const { messages, read } = translate([file(BROADCAST, '\ufeff{"from": "a-1", "message": "Hi"}')]);
    expect(messages).toMatchObject([{ body: "Hi" }]);
    expect(read).toEqual([BROADCAST]);
    expect(translate([file("MESSAGES.md", "\ufeff# Board\n")]).originals).toMatchObject([
      { text: "\ufeff# Board\n" },
    ]);
  });

  it("does not lose the first of two values with one key", () => {
    const twice = file("REGISTRY.json", '{"sessions": {"a-1": {"name": "Ada", "name": "Bob"}}}');
    const { profiles, salvaged } = translate([twice]);
    expect(profiles).toMatchObject([{ name: "Bob" }]);
    expect(salvaged).toEqual([
      { path: "REGISTRY.json", reason: "a key occurs twice: the last value was kept" },
    ]);
  });

  it("gives a name the same id in every file", () => {
    const { profiles, messages, collaborations } = translate([
      file("REGISTRY.json", { sessions: { "Session A": {} } }),
      file(BROADCAST, { from: "Session A", message: "Hi" }),
      file("ACTIVE/COLLABORATIONS/collab-1.json", {
        from_session: "b-2",
        to_session: "Session A",
        request: "Help",
      }),
    ]);
    expect([profiles[0]?.id, messages[0]?.from, collaborations[0]?.to_session]).toEqual(
      Array.from({ length: 3 }, () => "session-a"),
    );
  });

  it("never throws, accounts for every file once, and gives valid input for the hub, for any files", () =>
    fc.assert(
      fc.property(anyFiles, (files) => {
        const translation = translate(files);
        expect(accounts(translation).sort()).toEqual(files.map(({ path }) => path).sort());
        expect(ImportInput.safeParse(translation).error).toBeUndefined();
      }),
      { numRuns: 1000 },
    ));

  it("gives the same result for the same files in any order", () =>
    fc.assert(
      fc.property(anyFiles, (files) => {
        expect(translate([...files].reverse())).toEqual(translate(files));
      }),
    ));

  it("keeps the bytes of everything that was salvaged or rejected", () =>
    fc.assert(
      fc.property(anyFiles, (files) => {
        const { salvaged, rejected, originals } = translate(files);
        const kept = new Set(originals.map(({ path }) => path.split("/").at(-1)?.slice(0, 16)));
        const touched = new Set([...salvaged, ...rejected].map(({ path }) => path));
        const hashes = files
          .filter(({ path }) => touched.has(path))
          .map(({ bytes }) => createHash("sha256").update(bytes).digest("hex").slice(0, 16));
        expect(hashes.filter((hash) => !kept.has(hash))).toEqual([]);
      }),
    ));
});
