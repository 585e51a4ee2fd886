import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Host } from "../../src/store/host.ts";
import { addressKey } from "../../src/store/hub-address.ts";
import { aProfile } from "../support/builders.ts";
import { openSandbox } from "../support/git-sandbox.ts";
import { commitByHand } from "../support/hand-commit.ts";
import { askForHelp, hubWith } from "../support/hub-with.ts";

const PARTS = ["settings", "registry", "sessions", "heartbeats", "collaborations", "messages"] as const;
const BROKEN = "coordination/SESSIONS/session-9.json";

/** A hub with a bit of everything and one broken file, and where the host keeps what it decoded. */
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

describe("a second reading", () => {
  it("of the same commit gives the same state and the same findings", async () => {
    const { read, parts } = await setUp();
    const first = await read();
    expect((await readdir(parts)).sort()).toEqual(PARTS.map((part) => `${part}.json`).sort());
    expect(first.findings).toEqual([expect.objectContaining({ path: BROKEN, rule: "json" })]);
    expect(await read()).toEqual(first);
  });

  it("of a newer commit has what changed, what came and what went", async () => {
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

  it("does not read what it knows again", async () => {
    const { sandbox, hub, read } = await setUp();
    const first = await read();
    const blob = await sandbox.git(hub, "rev-parse", "main:coordination/SESSIONS/session-1.json");
    await rm(join(hub, "objects", blob.slice(0, 2), blob.slice(2)));
    expect(await read()).toEqual(first);
  });
});

describe("a cache that cannot be used is as good as none", () => {
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
