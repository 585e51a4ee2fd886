import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { initHub } from "../../../src/app/workplace/join.ts";
import { Host } from "../../../src/store/host/state-directory.ts";
import { addressKey, parseHubAddress } from "../../../src/store/hub/address.ts";
import { aProfile } from "../../support/builders.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { commitByHand } from "../../support/hand-commit.ts";
import { hubWith, say, sessionId } from "../../support/hub-with.ts";
import type { Sandbox } from "../../support/sandbox.ts";

const ONE = "session-1";

async function setUp() {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, ONE);
  const hive = await sandbox.hive(`file://${hub}`);
  await hive.read([]);
  return { sandbox, hub, hive };
}

function subjectsOf(sandbox: Sandbox, hub: string): Promise<string> {
  return sandbox.git(hub, "log", "--format=%s", "main");
}

describe("a hub whose branch was set back", () => {
  it("does not get removed commits back from a host that still has them", async () => {
    const { sandbox, hub, hive } = await setUp();
    await say(hive, ONE, "SECRET");
    await sandbox.git(hub, "update-ref", "refs/heads/main", "main~1");
    await say(hive, ONE, "After");
    expect(await subjectsOf(sandbox, hub)).not.toContain("SECRET");
    expect(await subjectsOf(sandbox, hub)).toContain("After");
  });

  it("is no hub any more when the branch was deleted", async () => {
    const { sandbox, hub, hive } = await setUp();
    await sandbox.git(hub, "update-ref", "-d", "refs/heads/main");
    await expect(hive.read(["sessions"])).rejects.toMatchObject({ code: "not_a_hub" });
    await expect(say(hive, ONE, "Hello")).rejects.toMatchObject({ code: "not_a_hub" });
    const made = await initHub(sandbox.world(), `file://${hub}`, {});
    made.hive.close();
    expect(made.created).toBe(true);
  });
});

describe("a ref that is locked", () => {
  it("by a process that died does not stop an embedded hub", async () => {
    const { sandbox, hub } = await setUp();
    const lock = join(hub, "refs/heads/main.lock");
    writeFileSync(lock, "");
    await say(await sandbox.hive(hub), ONE, "Hello");
    expect(await subjectsOf(sandbox, hub)).toContain("Hello");
  });

  it("by a process that died does not stop a replica from fetching the branch", async () => {
    const { sandbox, hub, hive } = await setUp();
    const key = addressKey(parseHubAddress(`file://${hub}`, "/"));
    const replica = join(new Host(sandbox.world().env, "").hubDirectory(key), "replica.git");
    await (await sandbox.hive(hub)).submit("register", {}, sessionId("session-2"));
    writeFileSync(join(replica, "refs/hive/main.lock"), "");
    const { outdated, state } = await hive.read(["sessions"]);
    expect(outdated).toBeUndefined();
    expect(state.sessions.has(sessionId("session-2"))).toBe(true);
  });
});

describe("an unreadable file", () => {
  it("is never overwritten: a session's own profile", async () => {
    const { sandbox, hub, hive } = await setUp();
    const content = JSON.stringify({ ...aProfile({ id: ONE }), status: "ACTIVE!", mine: "kept" });
    await commitByHand(sandbox, hub, [{ path: `coordination/SESSIONS/${ONE}.json`, content }]);
    await expect(hive.submit("register", {}, sessionId(ONE))).rejects.toMatchObject({ failure: "invalid" });
    expect(await sandbox.git(hub, "show", `main:coordination/SESSIONS/${ONE}.json`)).toContain("kept");
  });

  it("stops all writes when it is the settings file, which may have a newer format", async () => {
    const { sandbox, hub, hive } = await setUp();
    const content = "format: 2\nheartbeat: {throttle: 90}\n";
    await commitByHand(sandbox, hub, [{ path: "coordination/hive.yaml", content }]);
    await hive.read([]);
    await expect(say(hive, ONE, "Hello")).rejects.toMatchObject({ failure: "invalid" });
  });
});

describe("the history of a hub", () => {
  it("is read whatever date a commit has", async () => {
    const { sandbox, hub, hive } = await setUp();
    const identity = "Hand <hand@example.org> 99999999999999 +0000";
    const stream = `commit refs/heads/main\ncommitter ${identity}\ndata 4\nodd\nfrom refs/heads/main^0\n\ndone\n`;
    await sandbox.gitWith(stream, hub, "fast-import", "--quiet", "--done", "--date-format=raw-permissive");
    const { entries } = await hive.history.entries([]);
    expect(entries[0]).toMatchObject({ subject: "odd", kind: "commit", session: "Hand" });
  });

  it("never runs a program that the hub's own configuration names", async () => {
    const { sandbox, hub } = await setUp();
    const canary = join(sandbox.directory, "canary");
    const program = join(sandbox.directory, "evil.sh");
    writeFileSync(program, `#!/bin/sh\ntouch ${canary}\n`, { mode: 0o755 });
    await sandbox.git(hub, "config", "log.showSignature", "true");
    await sandbox.git(hub, "config", "gpg.program", program);
    const raw = await sandbox.git(hub, "cat-file", "commit", "main");
    const signed = raw.replace(
      "\n\n",
      "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n -----END PGP SIGNATURE-----\n\n",
    );
    const commit = await sandbox.gitWith(signed, hub, "hash-object", "-t", "commit", "-w", "--stdin");
    await sandbox.git(hub, "update-ref", "refs/heads/main", commit);
    await (await sandbox.hive(hub)).history.entries([]);
    await expect(sandbox.git(sandbox.directory, "hash-object", canary)).rejects.toThrow();
  });
});
