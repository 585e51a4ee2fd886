import { describe, expect, it } from "vitest";
import { MAX_FILES_OF_FLOOD, MAX_FILES_OF_KIND } from "../../../src/domain/hub/limits.ts";
import { aHeartbeat, aProfile } from "../../support/builders.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { commitByHand } from "../../support/hand-commit.ts";
import { hubWith, say, sessionId } from "../../support/hub-with.ts";

const ONE = "session-1";
const PROFILE = { name: "New", role: "Worker", specialization: ["ui"], current_work: "" };

/** A hub into whose folder somebody has pushed more files than are read; a host that knew it before. */
async function flooded(folder: "SESSIONS" | "HEARTBEATS") {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, ONE);
  const hive = await sandbox.hive(hub);
  await hive.read(["sessions", "heartbeats"]);
  const files = Array.from({ length: MAX_FILES_OF_KIND }, (_, n) => {
    const id = `zz-${n}x`;
    const value = folder === "SESSIONS" ? aProfile({ id }) : aHeartbeat({ session_id: id });
    return { path: `coordination/${folder}/${id}.json`, content: `${JSON.stringify(value)}\n` };
  });
  await commitByHand(sandbox, hub, files);
  return { hive, excess: expect.objectContaining({ path: `coordination/${folder}`, rule: "count" }) };
}

describe("a hub whose folder was flooded", () => {
  it("names what is left out, keeps the files that this host knew, and takes writes", async () => {
    const { hive, excess } = await flooded("HEARTBEATS");
    const { state, findings } = await hive.read(["heartbeats"]);
    expect(findings).toEqual([excess]);
    expect(state.heartbeats.size).toBe(MAX_FILES_OF_FLOOD);
    expect(state.heartbeats.has(sessionId(ONE))).toBe(true);
    expect((await hive.read(["heartbeats"])).findings).toEqual([excess]);
    expect(await say(hive, ONE, "still here")).toMatchObject({ kind: "landed" });
  });

  it("shows a new host the last files by name, counts all, and names what is no file among those left out", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, ONE);
    const heartbeats = Array.from({ length: MAX_FILES_OF_KIND + 5 }, (_, n) => {
      const id = `zz-${String(n).padStart(5, "0")}`;
      return {
        path: `coordination/HEARTBEATS/${id}x.json`,
        content: JSON.stringify(aHeartbeat({ session_id: `${id}x` })),
      };
    });
    await commitByHand(sandbox, hub, [
      ...heartbeats,
      { path: "coordination/HEARTBEATS/a-link.json", mode: "120000", content: "elsewhere" },
      { path: "coordination/HEARTBEATS/a-text.txt", content: "neither counted nor read" },
    ]);
    const { state, findings } = await (await sandbox.hive(hub)).read(["heartbeats"]);
    const last = heartbeats.slice(-MAX_FILES_OF_FLOOD).map(({ path }) => path.split("/")[2]);
    expect([...state.heartbeats.keys()].map((id) => `${id}.json`).sort()).toEqual(last);
    expect(findings).toEqual([
      expect.objectContaining({ path: "coordination/HEARTBEATS/a-link.json", rule: "mode" }),
      expect.objectContaining({ message: `${MAX_FILES_OF_KIND + 6} files; at most 20000 are read` }),
    ]);
  });

  it("refuses only the writes that need every file, with the cause", async () => {
    const { hive, excess } = await flooded("SESSIONS");
    expect((await hive.read(["sessions"])).findings).toEqual([excess]);
    expect(await say(hive, ONE, "still here")).toMatchObject({ kind: "landed" });
    await expect(hive.submit("register", PROFILE, sessionId("session-2"))).rejects.toMatchObject({
      code: "unreadable_file",
      message: "coordination/SESSIONS: 20001 files; at most 20000 are read.",
    });
    const { findings } = await hive.validate({ kind: "newest" });
    expect(findings.map(({ rule }) => rule)).toContain("count");
  });
});

describe("a registry with a finding for each of its entries", () => {
  it("is validated in seconds", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, ONE);
    const entry = { name: "x", role: "w", status: "active", specialization: ["u"], current_work: "" };
    const sessions = Object.fromEntries(
      Array.from({ length: 30_000 }, (_, n) => [`zz-${n}x`, { id: `zz-${n}x`, ...entry }]),
    );
    const content = JSON.stringify({ registry_version: "1.0", sessions });
    await commitByHand(sandbox, hub, [{ path: "coordination/REGISTRY.json", content }]);
    const hive = await sandbox.hive(hub);
    const { findings } = await hive.validate({ kind: "newest" });
    expect(findings).toHaveLength(10_001);
    expect(findings[0]).toMatchObject({ path: "coordination", rule: "count" });
  });
});
