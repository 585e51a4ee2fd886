import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Hive } from "../../../src/app/hive/hive.ts";
import { Host } from "../../../src/store/host/state-directory.ts";
import { addressKey } from "../../../src/store/hub/address.ts";
import { aProfile } from "../../support/builders.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { commitByHand } from "../../support/hand-commit.ts";
import { askForHelp, hubWith, say, sessionId } from "../../support/hub-with.ts";
import { looseFile, unpack } from "../../support/loose-objects.ts";

const PARTS = ["settings", "registry", "sessions", "heartbeats", "collaborations", "messages"] as const;
const BROKEN = "coordination/SESSIONS/session-9.json";

/** A hub with every kind of file and one broken file, and the directory of the host's cache. */
async function setUp() {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, "session-1", "session-2");
  await askForHelp(await sandbox.hive(hub), "session-1", "session-2");
  await commitByHand(sandbox, hub, [{ path: BROKEN, content: "{" }]);
  const host = new Host(sandbox.world().env, "");
  const parts = join(host.hubDirectory(addressKey({ kind: "path", path: hub })), "parts");
  const read = async () => (await sandbox.hive(hub)).read(PARTS);
  return { sandbox, hub, parts, read };
}

describe("a second read", () => {
  it("of the same commit gives the same state and the same findings", async () => {
    const { read, parts } = await setUp();
    const first = await read();
    expect((await readdir(parts)).sort()).toEqual(PARTS.map((part) => `${part}.json`).sort());
    expect(first.findings).toEqual([expect.objectContaining({ path: BROKEN, rule: "json" })]);
    expect(await read()).toEqual(first);
  });

  it("of a newer commit has the changed, the added and the removed files", async () => {
    const { sandbox, hub, read } = await setUp();
    await read();
    const profile = (id: string, role: string) => ({
      path: `coordination/SESSIONS/${id}.json`,
      content: JSON.stringify(aProfile({ id, role })),
    });
    await commitByHand(sandbox, hub, [
      profile("session-1", "changed"),
      profile("session-3", "new"),
      { path: "coordination/SESSIONS/session-2.json" },
      { path: BROKEN },
    ]);
    const { state, findings } = await read();
    expect([...state.sessions.values()].map(({ id, role }) => [id, role]).sort()).toEqual([
      ["session-1", "changed"],
      ["session-3", "new"],
    ]);
    expect(findings).toEqual([]);
  });

  it("with another limit in the settings uses that limit", async () => {
    const { sandbox, hub, read } = await setUp();
    const large = JSON.stringify(aProfile({ role: "x".repeat(2000) }));
    const limit = (bytes: number) => ({
      path: "coordination/hive.yaml",
      content: `limits: {file_bytes: ${bytes}}\n`,
    });
    const files = [{ path: BROKEN }, { path: "coordination/SESSIONS/session-1.json", content: large }];
    await commitByHand(sandbox, hub, [limit(1024), ...files]);
    expect((await read()).findings.map(({ rule }) => rule)).toEqual(["size"]);
    await commitByHand(sandbox, hub, [limit(4096)]);
    expect((await read()).findings).toEqual([]);
    await commitByHand(sandbox, hub, [limit(1024)]);
    expect((await read()).findings.map(({ rule }) => rule)).toEqual(["size"]);
  });

  it("does not read known files again", async () => {
    const { sandbox, hub, read } = await setUp();
    const first = await read();
    const blob = await sandbox.git(hub, "rev-parse", "main:coordination/SESSIONS/session-1.json");
    await unpack(sandbox, hub);
    await rm(looseFile(hub, blob));
    expect(await read()).toEqual(first);
  });
});

describe("a host reads its own writes as every other host does", () => {
  /** The last read of the host that wrote, and that of a host that reads the hub for the first time. */
  async function readBoth(settings: string, write: (hive: Hive) => Promise<unknown>) {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, "session-1", "session-2");
    await commitByHand(sandbox, hub, [{ path: "coordination/hive.yaml", content: settings }]);
    const writer = await sandbox.hive(hub, sandbox.host("writer"));
    await writer.read(PARTS);
    await write(writer);
    const other = await sandbox.hive(hub, sandbox.host("other"));
    return { mine: await writer.read(PARTS), theirs: await other.read(PARTS) };
  }

  it("after every kind of write", async () => {
    const { mine, theirs } = await readBoth("format: 1\n", async (hive) => {
      const [one, two] = [sessionId("session-1"), sessionId("session-2")];
      const work = '\u{1f600} "quoted" \\ back, ---';
      await hive.submit("register", { role: "Tester", work, skills: ["a", "b"] }, one);
      await hive.submit("register", { name: "Third" }, sessionId("session-3"));
      await hive.submit("heartbeat", { status: "idle", work: "resting" }, two);
      const request = await askForHelp(hive, "session-1", "session-2");
      await hive.submit("accept", { request, note: "on it\n\n---\nsoon" }, two);
      await hive.submit("complete", { request }, two);
      await hive.submit("cancel", { request: await askForHelp(hive, "session-2", "session-1") }, two);
      for (const text of ["---", "a\u2028b\r\nc\td", "trailing  \n\n  x", "\ufeffmark", "e\u0301 \u{1f600}"])
        await say(hive, "session-1", text);
    });
    expect(mine).toEqual(theirs);
    expect(theirs.findings).toEqual([]);
    expect(theirs.state.sessions.size).toBe(3);
  });

  it("after another host wrote in between", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, "session-1", "session-2");
    const [a, b] = [await sandbox.hive(hub, sandbox.host("a")), await sandbox.hive(hub, sandbox.host("b"))];
    for (const round of [1, 2, 3]) {
      await say(a, "session-1", `a says ${round}`);
      await b.submit("register", { work: `round ${round}` }, sessionId("session-2"));
      await say(b, "session-2", `b says ${round}`);
      await commitByHand(sandbox, hub, [{ path: BROKEN, content: "{".repeat(round) }]);
    }
    const fresh = await sandbox.hive(hub, sandbox.host("fresh"));
    const expected = await fresh.read(PARTS);
    expect([await a.read(PARTS), await b.read(PARTS)]).toEqual([expected, expected]);
    expect(expected.state.messages).toHaveLength(6);
  });

  it("also a message that is larger than the hub's settings allow", async () => {
    const { mine, theirs } = await readBoth("limits: {file_bytes: 1024}\n", async (hive) => {
      await say(hive, "session-1", "small");
      await hive.read(PARTS);
      await say(hive, "session-1", "x".repeat(2000));
    });
    expect(mine).toEqual(theirs);
  });
});

describe("an unusable cache is ignored", () => {
  it.each([
    ["empty", ""],
    ["half", '{"version":1,"oid":"'],
    ["null", "null"],
    ["a text", '"version"'],
    ["of another version", '{"version":0,"oid":"x","files":{"x":["y",{"value":1}]}}'],
    ["not text", "\u0000\ufffd\u0001"],
  ])("when its files are %s", async (_, content) => {
    const { read, parts } = await setUp();
    const first = await read();
    for (const part of PARTS) await writeFile(join(parts, `${part}.json`), content);
    expect(await read()).toEqual(first);
    expect(await readFile(join(parts, "sessions.json"), "utf8")).toContain("session-1");
  });

  it("when it cannot be written", async () => {
    const { read, parts } = await setUp();
    const first = await read();
    await rm(parts, { recursive: true });
    await writeFile(parts, "a file where the folder would be");
    expect(await read()).toEqual(first);
  });
});
