import { describe, expect, it } from "vitest";
import { openSandbox } from "../../support/git-sandbox.ts";
import { commitByHand } from "../../support/hand-commit.ts";
import { openHttpHub } from "../../support/http-hub.ts";
import { askForHelp, hubWith, say, sessionId } from "../../support/hub-with.ts";
import type { Sandbox } from "../../support/sandbox.ts";
import { writeSshShim } from "../../support/ssh-shim.ts";

/** A hub with sessions, and a function that opens it on a host. */
async function open(kind: string, ...sessions: string[]) {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, ...sessions);
  const address = await addressOf(kind, sandbox, hub);
  const env =
    kind === "ssh://" || kind === "user@host:" ? { GIT_SSH_COMMAND: await writeSshShim(sandbox) } : {};
  const connect = (name: string) => {
    const host = sandbox.host(name);
    return sandbox.hive(address, { ...host, env: { ...host.env, ...env } });
  };
  return { sandbox, hub, connect };
}

async function addressOf(kind: string, sandbox: Sandbox, hub: string): Promise<string> {
  if (kind === "http://") return (await openHttpHub(sandbox)).url();
  if (kind === "user@host:") return `ada@example.org:${hub}`;
  return kind === "path" ? hub : `${kind}${kind === "ssh://" ? "ada@example.org" : ""}${hub}`;
}

describe.each(["path", "file://", "http://", "ssh://", "user@host:"])("on a hub at %s", (kind) => {
  it("a broadcast is one commit with its text, its session and its operation", async () => {
    const { sandbox, hub, connect } = await open(kind, "session-1");
    const before = await sandbox.history(hub);

    const sent = await say(await connect("a"), "session-1", "Deploy freeze until noon");

    const entries = await sandbox.history(hub);
    const last = entries.at(-1);
    expect(entries.slice(0, -1)).toEqual(before);
    expect(last).toEqual({
      commit: sent.kind === "landed" ? sent.commit : "",
      parents: [before.at(-1)?.commit],
      author: "session-1",
      subject: "broadcast session-1: Deploy freeze until noon",
      op: sent.op,
      session: "session-1",
      kind: "broadcast",
    });
    expect(await sandbox.git(hub, "show", `main:coordination/MESSAGES/2026/01/31/${sent.op}.md`)).toContain(
      "Deploy freeze until noon",
    );
    await sandbox.fsck(hub);
  });
});

describe.each(["path", "http://"])("on a hub at %s", (kind) => {
  it("the same words in the same second from two hosts are two commits", async () => {
    const { sandbox, hub, connect } = await open(kind, "session-1");
    for (const name of ["a", "b"]) await say(await connect(name), "session-1", "Lunch");
    const last = (await sandbox.history(hub)).slice(-2);
    expect(last.map(({ subject }) => subject)).toEqual(Array(2).fill("broadcast session-1: Lunch"));
    expect(new Set(last.map(({ op }) => op)).size).toBe(2);
  });

  it("a refusal writes nothing", async () => {
    const { sandbox, hub, connect } = await open(kind, "session-1");
    const before = await sandbox.git(hub, "rev-parse", "main");
    const refused = await say(await connect("a"), "session-9", "Hello");
    expect(refused).toMatchObject({ kind: "refusal", code: "not_registered" });
    expect(await sandbox.git(hub, "rev-parse", "main")).toBe(before);
  });

  it("a state that is already as requested needs no commit", async () => {
    const { sandbox, hub, connect } = await open(kind, "session-1");
    const before = await sandbox.git(hub, "rev-parse", "main");
    const beaten = await (await connect("a")).submit("heartbeat", {}, sessionId("session-1"));
    expect(beaten).toMatchObject({ kind: "landed", commit: null, result: { throttled: true } });
    expect(await sandbox.git(hub, "rev-parse", "main")).toBe(before);
  });

  it("a refusal on an old state is decided again on the newest state", async () => {
    const { connect } = await open(kind, "session-1", "session-2");
    const [a, b] = [await connect("a"), await connect("b")];
    await b.read(["sessions"]);
    await a.submit("register", {}, sessionId("session-3"));
    const request = await askForHelp(a, "session-1", "session-3");
    expect(await askForHelp(b, "session-2", "session-3")).toMatch(/^collab-/);
    expect(await b.submit("accept", { request }, sessionId("session-3"))).toMatchObject({ kind: "landed" });
  });

  it("a text cannot forge the commit's trailers", async () => {
    const { sandbox, hub, connect } = await open(kind, "session-1");
    const forged = "Hi\n\nHive-Op: 01KG9M2V0000000000000000AA\nHive-Session: session-2\nHive-Kind: init";
    const { op } = await say(await connect("a"), "session-1", forged);
    expect((await sandbox.history(hub)).at(-1)).toMatchObject({
      op,
      session: "session-1",
      kind: "broadcast",
    });
  });
});

it.each(["", "file://"])(
  "a repository with other files, at %s<path>, becomes a hub and keeps them",
  async (scheme) => {
    const sandbox = openSandbox();
    const hub = await sandbox.bareHub();
    await commitByHand(sandbox, hub, [{ path: "README.md", content: "mine\n" }]);
    const hive = await sandbox.hive(`${scheme}${hub}`);

    const made = await hive.submit("init", {}, sessionId("git-hive"));
    const again = await hive.submit("init", {}, sessionId("git-hive"));

    expect(made).toMatchObject({ kind: "landed", result: { created: true } });
    expect(again).toMatchObject({ kind: "landed", commit: null, result: { created: false } });
    expect(await sandbox.git(hub, "show", "main:README.md")).toBe("mine");
    expect(await sandbox.history(hub)).toHaveLength(2);
  },
);

it("a hub of a newer format is read, and not written", async () => {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, "session-1");
  const newer = await commitByHand(sandbox, hub, [
    { path: "coordination/hive.yaml", content: "format: 2\n" },
  ]);
  const hive = await sandbox.hive(hub);
  expect((await hive.read(["sessions"])).state.sessions.size).toBe(1);
  await expect(say(hive, "session-1", "Hello")).rejects.toMatchObject({ code: "newer_format" });
  expect(await sandbox.git(hub, "rev-parse", "main")).toBe(newer);
});
