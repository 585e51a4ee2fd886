import { rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Console } from "../../support/console.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { commitByHand } from "../../support/hand-commit.ts";
import { contextIn, ScriptedTool } from "../../support/tool.ts";

/** A project whose session has written something for its hub while that was away. */
async function setUp(form: (path: string) => string) {
  const sandbox = openSandbox();
  const path = await sandbox.bareHub();
  const url = form(path);
  const at = new Console(sandbox, {
    directory: sandbox.folder("project"),
    env: { HIVE_SESSION: "session-1" },
  });
  await at.print("init", "--remote", url);
  await at.print("register", "session-1");
  await at.run("broadcast", "for the former hub", "--offline");
  const subjects = async () => (await sandbox.history(path)).map(({ subject }) => subject).slice(1);
  /** Another host makes another hub at the same address. */
  const makeAnew = async () => {
    rmSync(path, { recursive: true });
    await sandbox.bareHub();
    const other = new Console(sandbox, { directory: sandbox.folder("elsewhere") });
    const state = sandbox.host("b").env.HIVE_STATE_DIR ?? "";
    await other.with({ env: { HIVE_STATE_DIR: state } }).print("init", "--remote", url);
    await other
      .with({ env: { HIVE_STATE_DIR: state, HIVE_SESSION: "session-1" } })
      .print("register", "session-1");
  };
  return { sandbox, path, url, at, subjects, makeAnew };
}

describe.each([
  ["behind a URL", (path: string) => `file://${path}`],
  ["on this disk", (path: string) => path],
])("a hub %s that was made anew at its address", (_, form) => {
  it("gets nothing that was written for the former one, and is not read before it is joined", async () => {
    const { at, makeAnew, subjects } = await setUp(form);
    await makeAnew();
    const before = await subjects();
    for (const argv of [["sync"], ["inbox"], ["broadcast", "more"], ["log"], ["outbox", "move"]]) {
      const { code, err } = await at.run(...argv);
      if (argv[0] !== "outbox")
        expect([argv, code, err]).toEqual([
          argv,
          expect.any(Number),
          expect.stringMatching(/is another hub than before.*\n.*hive join/),
        ]);
    }
    expect(await subjects()).toEqual(before);
    expect(await at.json("outbox")).toMatchObject({
      operations: [{ kind: "broadcast" }, { kind: "broadcast" }],
    });
  });

  it("is joined like a new one: its sessions are others, and what waited is named", async () => {
    const { at, makeAnew, url, subjects } = await setUp(form);
    await makeAnew();
    const { code, err } = await at.run("join", url);
    expect([code, err]).toEqual([
      0,
      expect.stringMatching(/written for the former hub: broadcast by session-1/),
    ]);
    expect((await at.with({ env: { HIVE_SESSION: "" } }).run("whoami")).code).not.toBe(0);
    await at.print("broadcast", "for the new hub");
    expect((await subjects()).filter((each) => each.includes("former"))).toEqual([]);
  });

  it("is told to a session of a coding tool when it starts", async () => {
    const { makeAnew, sandbox, url } = await setUp(form);
    const tool = new ScriptedTool(sandbox);
    await tool.shell("one").print("join", url);
    await makeAnew();
    // The first start of a session behind a URL fetches; it reads what this host had.
    await tool.tell("SessionStart", "one");
    const said = await tool.tell("SessionStart", "two");
    expect(contextIn(said)).toMatch(
      /this session is in no hub\. .*another hub than before.*hive join .*Ask your user/,
    );
  });

  it("can be made by this host, too", async () => {
    const { at, sandbox, path, url, subjects } = await setUp(form);
    rmSync(path, { recursive: true });
    await sandbox.bareHub();
    expect(await at.json("init", "--remote", url)).toMatchObject({ created: true });
    await at.print("register", "session-1");
    expect(await subjects()).toHaveLength(1);
  });
});

it("a hub whose settings get another id stays the same hub, and so does one whose settings are broken", async () => {
  const { at, sandbox, path, subjects } = await setUp((path) => `file://${path}`);
  for (const content of ["format: 1\nid: another-one\n", "format: [\n"]) {
    await commitByHand(sandbox, path, [{ path: "coordination/hive.yaml", content }]);
    await at.print("sync");
    await at.print("sync");
  }
  expect((await subjects()).filter((each) => each.includes("former"))).toHaveLength(1);
});
