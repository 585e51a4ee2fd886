import { expect, it } from "vitest";
import { Console } from "../support/console.ts";
import { openSandbox } from "../support/git-sandbox.ts";
import { contextIn, ScriptedTool } from "../support/tool.ts";

/** A hub behind a URL, a tool on host `a` whose view of it is some minutes old, and a person on host `b`. */
async function open() {
  const sandbox = openSandbox();
  const hub = `file://${await sandbox.bareHub()}`;
  const tool = new ScriptedTool(sandbox, "a");
  const { env, random } = sandbox.host("b");
  const here = new Console(sandbox, { directory: tool.project });
  const there = new Console(sandbox, { random, env: { HIVE_STATE_DIR: env.HIVE_STATE_DIR ?? "" } });
  await here.print("init", "--remote", hub);
  await there.print("join", hub);
  sandbox.clock.now += 180_000;
  return { sandbox, tool, here, there };
}

it("a briefing from an old view says how old it is, and the next prompt names who came meanwhile", async () => {
  const { sandbox, tool, here, there } = await open();
  await there.print("register", "session-1", "--role", "Charts");
  const text = contextIn(await tool.tell("SessionStart", "one"));
  expect(text).not.toContain("online now");
  expect(text).toContain("as of 3m ago");
  sandbox.clock.now += 1000;
  await here.print("sync");
  const next = contextIn(await tool.tell("UserPromptSubmit", "one", { prompt: "Build the React dashboard" }));
  expect(next).toMatch(/now online too: session-1 \(.*«Charts»/);
  sandbox.clock.now += 1000;
  const later = await tool.tell("UserPromptSubmit", "one", { prompt: "Go on with the dashboard please" });
  expect(later === undefined ? "" : contextIn(later)).not.toContain("session-1 (");
});

it("a briefing from a view that is seconds old says who is online now", async () => {
  const { tool, here } = await open();
  await here.print("sync");
  expect(contextIn(await tool.tell("SessionStart", "one"))).toContain("No other session is online now.");
});

it("a claim under a name that another session took first is another's", async () => {
  const { sandbox, tool, here, there } = await open();
  // What the hook leaves behind has not run yet.
  const event = { hook_event_name: "SessionStart", session_id: "one", cwd: tool.project };
  const text = contextIn((await tool.send(event)).said);
  const [, name = ""] = /this session is (\S+) on/.exec(text) ?? [];
  expect(text).toContain("If another session took that name first");
  await there.print("register", name);
  await there.print("claim", "src/api/**", "--project", "project", "--as", name);
  sandbox.clock.now += 1000;
  await here.run("sync", "--timeout", "5");
  const warned = await tool.tell("PreToolUse", "one", {
    tool_name: "Edit",
    tool_input: { file_path: "src/api/routes.ts" },
  });
  expect(contextIn(warned)).toContain(`${name} (unverified) has claimed`);
});
