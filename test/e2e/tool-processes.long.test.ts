import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openSandbox } from "../support/git-sandbox.ts";
import { Machine } from "../support/processes.ts";
import { RealTool } from "../support/real-tool.ts";

interface Row {
  readonly id: string;
  readonly presence: string;
}

/** A project with a hub on one machine, and coding tools in processes of their own. */
async function open() {
  const sandbox = openSandbox();
  const machine = new Machine(sandbox, "one");
  mkdirSync(join(machine.directory, ".git"));
  await machine.print("init");
  const tool = (name = "claude", env: Record<string, string> = {}) =>
    new RealTool(sandbox, machine, name, env);
  const rows = async () => (await machine.json<{ sessions: Row[] }>("sync")).sessions;
  const names = async () => (await rows()).map(({ id, presence }) => `${id} ${presence}`).sort();
  return { sandbox, machine, tool, rows, names };
}

const nameIn = (text: string) => /this session is (session-[0-9a-z-]+)/.exec(text)?.[1];
const who = "hive whoami -q";

describe("a session of a tool", () => {
  it.each([
    ["claude", "SessionStart", "SessionStart", ""],
    ["copilot", "sessionStart", "userPromptSubmitted", "word"],
  ])("of %s is registered once by hooks that start at once", async (name, one, two, words) => {
    const { tool, names } = await open();
    const tells = Array.from({ length: 6 }, (_, index) => {
      const event = index % 2 === 0 ? one : two;
      return tool(name).tell(event, "same", { source: "startup", prompt: "Mend the parser" }, words && event);
    });
    const told = (await Promise.all(tells)).flatMap((text) => nameIn(text) ?? []);
    expect(new Set(told)).toEqual(new Set(["session-1"]));
    expect(await names()).toEqual(["session-1 alive"]);
  });

  it("is offline for the next one that looks when its process was killed, and another is not", async () => {
    const { tool, names } = await open();
    const [dying, living] = [tool(), tool()];
    await dying.tell("SessionStart", "one");
    await living.tell("SessionStart", "two");
    await dying.kill();
    expect(await names()).toEqual(["session-1 offline", "session-2 alive"]);
    await tool().tell("SessionStart", "one", { source: "resume" });
    expect(await names()).toEqual(["session-1 offline", "session-2 alive"]);
  });

  it("is offline for the next one that looks when it has ended", async () => {
    const { tool, names } = await open();
    const one = tool();
    await one.tell("SessionStart", "one");
    await one.tell("SessionEnd", "one", { reason: "other" });
    expect(await names()).toEqual(["session-1 offline"]);
  });

  it("is offline for the next one that looks when it ended in a folder that was deleted", async () => {
    const { tool, names } = await open();
    const one = tool();
    await one.tell("SessionStart", "one");
    const end = JSON.stringify({ session_id: "one", hook_event_name: "SessionEnd", reason: "other" });
    const env = { CLAUDE_CODE_SESSION_ID: "one" };
    const away = "mkdir away && cd away && rmdir ../away";
    expect(
      await one.run(`${away} && hive whoami -q && hive claim key && hive hook claude`, end, env),
    ).toMatch(/session-1\n(?:.*\n)*Yours until /);
    expect(await names()).toEqual(["session-1 offline"]);
  });

  it("goes on where one of two tools that run the same conversation ends", async () => {
    const { tool, names } = await open();
    const [first, second] = [tool(), tool()];
    await first.tell("SessionStart", "one");
    await second.tell("SessionStart", "one", { source: "resume" });
    await second.tell("UserPromptSubmit", "one", { prompt: "hi" });
    await first.tell("SessionEnd", "one", { reason: "other" });
    expect(await names()).toEqual(["session-1 alive"]);
  });

  it("keeps its name when its conversation is cleared together with another one", async () => {
    const { tool, names } = await open();
    const tools = [tool(), tool()];
    const at = <Value>(act: (each: RealTool, index: number) => Promise<Value>) => Promise.all(tools.map(act));
    const before = await at((each, index) => each.tell("SessionStart", `a${index}`));
    await at((each, index) => each.tell("SessionEnd", `a${index}`, { reason: "clear" }));
    const after = await at((each, index) => each.tell("SessionStart", `b${index}`, { source: "clear" }));
    expect(after.map(nameIn)).toEqual(before.map(nameIn));
    const shells = await at((each, index) => each.run(who, "", { CLAUDE_CODE_SESSION_ID: `a${index}` }));
    expect(shells.map((text) => text.trim())).toEqual(before.map(nameIn));
    expect(await names()).toHaveLength(2);
  });
});

describe("in a process that a tool starts, the one who acts is", () => {
  it("the session of the nearest tool, also where no variable names it", async () => {
    const { tool, machine } = await open();
    const [one, two] = [tool("gemini"), tool("gemini")];
    await one.tell("SessionStart", "g1", { source: "startup" });
    await two.tell("SessionStart", "g2", { source: "startup" });
    expect([await one.run(who), await two.run(who)]).toEqual(["session-1\n", "session-2\n"]);
    expect((await machine.hive("whoami")).code).toBe(2);
  });

  it("the session of the inner tool, where one runs in the shell of another", async () => {
    const { tool } = await open();
    const outer = tool("claude", { CLAUDE_CODE_SESSION_ID: "outer" });
    await outer.tell("SessionStart", "outer");
    const inner = tool("gemini", { CLAUDE_CODE_SESSION_ID: "outer" });
    await inner.tell("SessionStart", "inner", { source: "startup" });
    expect([await outer.run(who), await inner.run(who)]).toEqual(["session-1\n", "session-2\n"]);
  });

  it("the session whose subagent runs a shell in Codex", async () => {
    const { tool } = await open();
    const codex = tool("codex");
    await codex.tell("SessionStart", "one", { source: "startup" });
    const ids = { CODEX_THREAD_ID: "of-the-subagent", CODEX_SESSION_ID: "one" };
    expect(await codex.run(who, "", ids)).toBe("session-1\n");
  });

  it("the resumed conversation or the one after it, each in its own process", async () => {
    const { tool } = await open();
    const [first, second] = [tool(), tool()];
    const env = { CLAUDE_CODE_SESSION_ID: "old" };
    await first.tell("SessionStart", "old");
    await first.tell("SessionEnd", "old", { reason: "clear" });
    await first.tell("SessionStart", "new", { source: "clear" });
    await second.tell("SessionStart", "old", { source: "resume" });
    await second.tell("UserPromptSubmit", "old", { prompt: "hi" });
    expect([await first.run(who, "", env), await second.run(who, "", env)]).toEqual([
      "session-1\n",
      "session-2\n",
    ]);
  });

  it("one of those that register one name at the same moment", async () => {
    const { tool, names } = await open();
    const tools = Array.from({ length: 4 }, () => tool());
    await Promise.all(tools.map((each, index) => each.tell("SessionStart", `s${index}`)));
    const answers = await Promise.all(
      tools.map((each, index) => each.run("hive register bob", "", { CLAUDE_CODE_SESSION_ID: `s${index}` })),
    );
    expect(answers.filter((text) => text.startsWith("Registered bob."))).toHaveLength(1);
    expect(answers.filter((text) => /runs under the name bob/.test(text))).toHaveLength(3);
    const told = await Promise.all(
      tools.map((each, index) => each.run(who, "", { CLAUDE_CODE_SESSION_ID: `s${index}` })),
    );
    expect(new Set(told).size).toBe(4);
    expect((await names()).filter((each) => each.endsWith(" alive"))).toHaveLength(4);
  });

  it("never the name of another running session", async () => {
    const { tool, names } = await open();
    const [one, two] = [tool(), tool()];
    await one.tell("SessionStart", "one");
    await two.tell("SessionStart", "two");
    const env = { CLAUDE_CODE_SESSION_ID: "two" };
    expect(await two.run("hive register session-1", "", env)).toMatch(/runs under the name session-1/);
    expect(await two.run(who, "", env)).toBe("session-2\n");
    await one.kill();
    await two.run("hive register session-1", "", env);
    expect(await two.run(who, "", env)).toBe("session-1\n");
    await two.tell("UserPromptSubmit", "two", { prompt: "hi" });
    expect(await names()).toEqual(["session-1 alive", "session-2 offline"]);
  });
});

it("two sessions in one work tree are told of each other, once, with a command that works", async () => {
  const { tool, machine, sandbox } = await open();
  await machine.run("rm", ["-r", ".git"]);
  await sandbox.git(machine.directory, "init", "--quiet");
  await sandbox.git(machine.directory, "commit", "--quiet", "--allow-empty", "-m", "first");
  const [one, two] = [tool(), tool()];
  expect(await one.tell("SessionStart", "one")).not.toContain("work tree");
  await one.tell("UserPromptSubmit", "one", { prompt: "Mend the parser of it" });
  expect(await two.tell("SessionStart", "two")).toMatch(/session-1 also works in this work tree/);
  const told = await one.tell("UserPromptSubmit", "one", { prompt: "hi" });
  const command = /: (git worktree add \S+ -b [\w-]+)/.exec(told)?.[1] ?? "false";
  expect(told).toMatch(/session-2 also works in this work tree/);
  expect(await one.tell("UserPromptSubmit", "one", { prompt: "hi" })).not.toContain("work tree");
  expect(await one.run(`${command} --quiet && echo made`)).toBe("made\n");
  await two.kill();
  expect(await tool().tell("SessionStart", "three")).not.toContain("session-2 also");
});

it("two sessions are told of each other in the work tree that they are in, wherever they started", async () => {
  const { tool, machine, sandbox } = await open();
  await machine.run("rm", ["-r", ".git"]);
  await sandbox.git(machine.directory, "init", "--quiet");
  await sandbox.git(machine.directory, "commit", "--quiet", "--allow-empty", "-m", "first");
  const trees = ["a", "b"].map((name) => join(sandbox.directory, name));
  for (const tree of trees) await sandbox.git(machine.directory, "worktree", "add", "--quiet", tree);
  const [a = "", b = ""] = trees;
  const [one, two] = [tool(), tool()];
  await one.tell("SessionStart", "one", { cwd: a });
  await one.tell("UserPromptSubmit", "one", { cwd: a, prompt: "Mend the parser of it" });
  expect(await two.tell("SessionStart", "two", { cwd: b })).not.toContain("work tree");
  await two.tell("UserPromptSubmit", "two", { cwd: b, prompt: "Mend the writer of it" });
  const move = { cwd: a, prompt: "hi" };
  expect(await two.tell("UserPromptSubmit", "two", move)).toMatch(/session-1 also works in this work tree/);
  expect(await one.tell("UserPromptSubmit", "one", move)).toMatch(/session-2 also works in this work tree/);
  await one.tell("UserPromptSubmit", "one", { cwd: b, prompt: "hi" });
  expect(await tool().tell("SessionStart", "three", { cwd: a })).toMatch(/git-hive: session-2 also works in/);
});
