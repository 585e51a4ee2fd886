import { readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { HostLock } from "../../../src/store/host/host-lock.ts";
import { thisProcess } from "../../../src/store/host/process-id.ts";
import { Host } from "../../../src/store/host/state-directory.ts";
import { moveOutbox } from "../../../src/store/outbox/move-outbox.ts";
import { Outbox } from "../../../src/store/outbox/outbox.ts";
import { Console } from "../../support/console.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { commitByHand } from "../../support/hand-commit.ts";

/** A project whose hub moved to another address while operations waited. */
async function setUp({ hasId = true } = {}) {
  const sandbox = openSandbox();
  const old = await sandbox.bareHub("old");
  const project = sandbox.folder("project");
  await sandbox.git(project, "init", "--quiet");
  const at = new Console(sandbox, { directory: project, env: { HIVE_SESSION: "session-1" } });
  await at.print("init", "--remote", `file://${old}`);
  if (!hasId) {
    const settings = await sandbox.git(old, "show", "main:coordination/hive.yaml");
    const content = settings.replace(/^id: .*\n/m, "");
    await commitByHand(sandbox, old, [{ path: "coordination/hive.yaml", content }]);
    rmSync(join(sandbox.directory, "hosts"), { recursive: true });
    await at.print("join", `file://${old}`);
  }
  await at.print("register", "session-1", "--role", "x");
  for (const text of ["One", "Two"]) await at.run("broadcast", text, "--offline");
  const hub = join(dirname(old), "new.git");
  renameSync(old, hub);
  const host = new Host(sandbox.world().env, "");
  const directoryOf = (path: string) => host.hubDirectory(`file://${path}`);
  const subjects = async () => (await sandbox.history(hub)).map(({ subject }) => subject);
  return { sandbox, at, old, hub, host, project, url: `file://${hub}`, directoryOf, subjects };
}

describe("what waits under the former address of a hub", () => {
  it("is shown, with the command, and lands once when it is moved", async () => {
    const { at, url, old, subjects } = await setUp();
    const joined = await at.run("join", url);
    const line =
      /2 operations for this hub wait under its other address file:.*old\.git\. .*hive outbox move/;
    expect([joined.code, joined.err]).toEqual([0, expect.stringMatching(line)]);
    expect(await at.print("outbox")).toMatch(line);
    expect((await at.run("sync")).err).toMatch(line);
    const elsewhere = [{ hub: `file://${old}`, operations: 2 }];
    expect(await at.json("outbox")).toMatchObject({ operations: [], elsewhere });
    const { checks } = await at.json<{ checks: { name: string; next: string }[] }>("doctor");
    expect(checks.find(({ name }) => name === "unsent")?.next).toBe("hive outbox move");
    expect(await subjects()).toHaveLength(2);
    expect(await at.json("outbox", "move")).toEqual({ moved: 2, stayed: 0, unsent: 0 });
    expect((await subjects()).slice(2).map((each) => /One|Two/.exec(each)?.[0])).toEqual(["One", "Two"]);
    expect(await at.json("outbox", "move")).toEqual({ moved: 0, stayed: 0, unsent: 0 });
    expect(await subjects()).toHaveLength(4);
  });

  it("is sent by join when the user says yes, and stays when not", async () => {
    const { at, url, subjects } = await setUp();
    const person = (answer: string) => at.with({ isInteractive: () => true, ask: async () => answer });
    await person("").print("join", url);
    expect(await subjects()).toHaveLength(2);
    await person("y").print("join", url);
    expect(await subjects()).toHaveLength(4);
  });

  it("is found for a hub of an older version, which has no id", async () => {
    const { at, url } = await setUp({ hasId: false });
    await at.print("join", url);
    expect(await at.json("outbox")).toMatchObject({ elsewhere: [{ operations: 2 }] });
  });

  it("is not offered for another hub", async () => {
    const { sandbox, at } = await setUp();
    const other = `file://${await sandbox.bareHub("other")}`;
    await at.print("init", "--remote", other, "--replace");
    expect(await at.json("outbox")).toMatchObject({ elsewhere: [] });
  });

  it("stays while a process writes there, and while one waits for its result", async () => {
    const { old, hub, directoryOf } = await setUp();
    const [from, to] = [directoryOf(old), directoryOf(hub)];
    const lock = HostLock.take(join(from, "lock"));
    expect(await moveOutbox(from, to, Date.now())).toEqual({ moved: 0, stayed: 2 });
    lock?.release();
    const outbox = new Outbox(from);
    const [entry] = await outbox.read();
    if (entry === undefined) throw new Error("two operations wait");
    outbox.remove(entry);
    outbox.add(entry.operation, entry.since);
    expect(await moveOutbox(from, to, Date.now())).toEqual({ moved: 1, stayed: 1 });
    expect(readdirSync(join(from, "outbox"))[0]).toContain(`@${thisProcess().pid}-`);
  });

  it("lands once when a crash left it in both places", async () => {
    const { at, url, old, hub, directoryOf, subjects } = await setUp();
    await at.print("join", url);
    const [from, to] = [new Outbox(directoryOf(old)), new Outbox(directoryOf(hub))];
    for (const entry of await from.read()) to.put(entry);
    await at.print("sync");
    expect(await at.json("outbox", "move")).toMatchObject({ moved: 2, unsent: 0 });
    expect(await subjects()).toHaveLength(4);
  });
});

describe("a session is known at every address of its hub", () => {
  it("by its registration and by what it has read", async () => {
    const { sandbox, at, url, hub } = await setUp();
    const terminal = at.with({ env: { HIVE_SESSION: "", CLAUDE_CODE_SESSION_ID: "t" } });
    await terminal.print("join", url);
    await terminal.print("register", "session-2", "--role", "y");
    await at.print("broadcast", "Hello");
    await terminal.print("inbox", "--mark-read");
    for (const address of [`${url}/`, hub, `file://localhost${hub}`]) {
      expect(await terminal.json("whoami", "--hub", address)).toMatchObject({ session: "session-2" });
      expect(await terminal.json("inbox", "--hub", address)).toMatchObject({ unread: 0 });
    }
    const other = `file://${await sandbox.bareHub("other")}`;
    await sandbox.hive(other).then((hive) => hive.submit("init", {}, "git-hive" as never));
    expect((await terminal.run("whoami", "--hub", other)).code).toBe(2);
  });
});
