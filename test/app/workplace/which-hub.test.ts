import { mkdirSync, readdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HubConnection } from "../../../src/mcp/connection.ts";
import { Console, errorOf } from "../../support/console.ts";
import { Sandbox } from "../../support/sandbox.ts";
import { ScriptedTool } from "../../support/tool.ts";

const sandbox = new Sandbox();
let hub: string;
let moved: Console;

beforeAll(async () => {
  hub = await sandbox.bareHub();
  for (const name of ["private", "work"]) {
    const project = sandbox.folder(name);
    await sandbox.git(project, "init", "--quiet");
    const at = new Console(sandbox, { directory: project });
    const own = name === "private" ? hub : await sandbox.bareHub(name);
    await at.print("init", "--remote", `file://${own}`);
    await at.print("register", "session-1", "--role", name);
  }
  mkdirSync(join(sandbox.folder("work"), "legacy"));
  renameSync(sandbox.folder("work"), join(sandbox.directory, "renamed"));
  moved = new Console(sandbox, {
    directory: join(sandbox.directory, "renamed"),
    env: { HIVE_SESSION: "session-1" },
  });
});
afterAll(() => sandbox.close());

const REQUEST = "collab-1763229251-k3f9";

/** A call of each command that writes to a hub. */
const WRITES: readonly (readonly string[])[] = [
  ["register", "session-2", "--role", "x"],
  ["heartbeat"],
  ["status", "busy"],
  ["offer", "react"],
  ["availability", "set", "Mon-Fri 09:00-17:00 UTC"],
  ["request", "session-2", "Help"],
  ["accept", REQUEST],
  ["start", REQUEST],
  ["complete", REQUEST],
  ["decline", REQUEST],
  ["cancel", REQUEST],
  ["pause"],
  ["withdraw", "react"],
  ["handoff", "session-2", "--goal", "Finish"],
  ["takeover", "session-2"],
  ["broadcast", "Secret of work"],
  ["send", "session-2", "Secret of work"],
  ["claim", "issue-1"],
  ["renew", "issue-1"],
  ["release", "issue-1"],
  ["expire"],
  ["import", "legacy"],
];

describe("a hub that nobody chose for the project", () => {
  it("is not written to by any command, and nothing is stored", async () => {
    const before = await sandbox.git(hub, "for-each-ref");
    for (const argv of WRITES) {
      const ran = await moved.run("--json", ...argv);
      const { code, message, hint } = errorOf(ran);
      expect([argv[0], ran.code, ran.out, code]).toEqual([argv[0], 2, "", "hub_not_chosen"]);
      expect(message).toMatch(/No hub was chosen for .*renamed;/);
      expect(hint).toMatch(/hive join file:.*hub\.git\. .*hive init/);
    }
    expect(await sandbox.git(hub, "for-each-ref")).toBe(before);
    const stored = readdirSync(join(sandbox.directory, "hosts"), { recursive: true, encoding: "utf8" });
    expect(stored.filter((path) => /outbox\/.*\.json$/.test(path))).toEqual([]);
  });

  it("is not written to through the Model Context Protocol", async () => {
    const world = sandbox.world({ directory: join(sandbox.directory, "renamed") });
    const connection = new HubConnection({ ...world, env: { ...world.env, HIVE_SESSION: "session-1" } }, {});
    sandbox.atEnd(() => connection.close());
    await expect(
      connection.submit("broadcast", { text: "Secret", priority: "normal" }),
    ).rejects.toMatchObject({
      code: "hub_not_chosen",
    });
    const { freshness } = await connection.read(["settings"]);
    expect(freshness.unchosen?.message).toMatch(/No hub was chosen/);
  });

  it("is read, and each read says so on stderr alone", async () => {
    for (const argv of [["sync"], ["inbox"], ["claims"], ["log"], ["metrics"]]) {
      const { code, err } = await moved.run(...argv);
      expect([code, err]).toEqual([
        0,
        expect.stringMatching(/^No hub was chosen for .*hive join .*hive init\n$/),
      ]);
    }
    expect(await moved.json("sync")).toMatchObject({ hub_chosen: false, hub: `file://${hub}` });
  });

  it("is written to when --hub or HIVE_HUB names it", async () => {
    await moved.print("heartbeat", "--hub", `file://${hub}`);
    await moved.with({ env: { HIVE_HUB: `file://${hub}` } }).print("broadcast", "Hello");
  });

  it("gets nothing from a coding tool's hooks", async () => {
    const before = await sandbox.history(hub);
    const tool = new ScriptedTool(sandbox, "a", "unchosen");
    for (const event of ["SessionStart", "UserPromptSubmit", "PostToolUse", "SessionEnd"])
      expect(await tool.tell(event, "one", { prompt: "go" })).toBeUndefined();
    expect(await sandbox.history(hub)).toEqual(before);
  });
});
