import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { PLUGIN } from "../../../src/domain/coding-tools/opencode-plugin.ts";
import { onPath } from "../../support/agent.ts";
import { openSandbox } from "../../support/git-sandbox.ts";

type Hooks = Record<string, (input: object, output?: unknown) => Promise<void>>;

/** The plugin as opencode loads it, beside a git-hive that notes its calls and gives one answer to each event. */
async function load(answers: Readonly<Record<string, object>>, hive: readonly string[] = ["git-hive"]) {
  const sandbox = openSandbox();
  const directory = sandbox.folder("project");
  const calls = join(sandbox.folder("calls"), "calls");
  const cases = Object.entries(answers).map(
    ([event, answer]) => `${event}) echo '${JSON.stringify(answer)}' ;;`,
  );
  const script = `echo "$3 $OPENCODE_SESSION_ID $(cat)" >> '${calls}'\ncase "$3" in ${cases.join(" ")} esac`;
  const bin = onPath(sandbox, hive, script);
  const file = join(sandbox.folder("plugin"), "git-hive.mjs");
  writeFileSync(
    file,
    PLUGIN.replaceAll("process.env", `{ PATH: ${JSON.stringify(`${bin}:/usr/bin:/bin`)} }`),
  );
  const sent: object[] = [];
  const parents: Readonly<Record<string, string>> = { child: "root" };
  const session = {
    get: async ({ path }: { path: { id: string } }) => ({ data: { parentID: parents[path.id] } }),
    promptAsync: async (prompt: object) => void sent.push(prompt),
  };
  const { GitHive } = (await import(pathToFileURL(file).href)) as {
    GitHive: (input: object) => Promise<Hooks>;
  };
  const hooks = await GitHive({ client: { session }, directory });
  const run = async (hook: string, input: object, output: unknown = {}) => hooks[hook]?.(input, output);
  const say = async (text: string, sessionID = "root", synthetic = false) => {
    const parts: { text: string; synthetic?: boolean }[] = [{ ...{ type: "text" }, text, synthetic }];
    await run("chat.message", { sessionID }, { message: { id: "m" }, parts });
    return parts.slice(1);
  };
  const told = () => {
    try {
      return readFileSync(calls, "utf8").trim().split("\n");
    } catch {
      return [];
    }
  };
  return { run, say, told, sent };
}

it("gives a prompt the briefing of its session, once, and what is new", async () => {
  const { say, told } = await load({ start: { context: "briefing" }, prompt: { context: "news" } });
  expect(await say("Fix it")).toMatchObject([{ text: "briefing\nnews", synthetic: true, type: "text" }]);
  expect(await say("Go on")).toMatchObject([{ text: "news" }]);
  expect(told().map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
    "start root",
    "prompt root",
    "prompt root",
  ]);
});

it("takes neither a subagent for a session nor its own text for a prompt", async () => {
  const { say, told, run } = await load({});
  await say("do a part", "child");
  expect(told()).toEqual([]);
  await say("git-hive: it is urgent", "root", true);
  expect(told().map((line) => line.split(" ")[0])).toEqual(["start"]);
  const env: Record<string, string> = {};
  await run("shell.env", { sessionID: "child" }, { env });
  expect(env).toEqual({ OPENCODE_SESSION_ID: "root" });
});

it("stops an edit that is denied, says a warning with its result, and asks about nothing else", async () => {
  const denied = await load({ edit: { deny: "claimed" } });
  await denied.say("Fix it");
  const use = { tool: "edit", sessionID: "root" };
  await expect(denied.run("tool.execute.before", use, { args: { filePath: "a" } })).rejects.toThrow(
    "claimed",
  );
  await denied.run("tool.execute.before", { ...use, tool: "read" }, { args: {} });
  expect(denied.told().filter((line) => line.startsWith("edit"))).toEqual([
    expect.stringContaining('"tool_input":{"filePath":"a"}'),
  ]);
  const warned = await load({ edit: { context: "careful" } });
  await warned.say("Fix it");
  await warned.run("tool.execute.before", use, { args: {} });
  const output = { output: "done" };
  await warned.run("tool.execute.after", use, output);
  await warned.run("tool.execute.after", use, output);
  expect(output.output).toBe("done\ncareful");
  expect(warned.told().filter((line) => line.startsWith("beat"))).toHaveLength(1);
});

it("goes on with an urgent text at the end of a turn, and tells of the end, once", async () => {
  const { say, run, sent, told } = await load({ stop: { hold: "urgent" } });
  await say("Fix it");
  await run("event", { event: { type: "session.idle", properties: { sessionID: "root" } } });
  expect(sent).toMatchObject([
    { path: { id: "root" }, body: { parts: [{ text: "urgent", synthetic: true }] } },
  ]);
  await run("dispose", {});
  await run("dispose", {});
  expect(told().filter((line) => line.startsWith("end"))).toHaveLength(1);
});

it("says nothing where git-hive is not there", async () => {
  const { say, run } = await load({}, ["other"]);
  expect(await say("Fix it")).toEqual([]);
  await run("tool.execute.before", { tool: "edit", sessionID: "root" }, { args: {} });
  await run("dispose", {});
});

it("tells that the session asks its user, also for a subagent, and that it was answered", async () => {
  const { say, told, run } = await load({});
  await say("Fix it");
  const event = (type: string, properties: object) => run("event", { event: { type, properties } });
  await event("permission.asked", {
    ...{ id: "per_1", sessionID: "child", permission: "bash", patterns: ["npm publish"] },
    ...{ metadata: {}, always: [] },
  });
  await event("permission.replied", { sessionID: "child", requestID: "per_1", reply: "once" });
  const questions = [{ question: "Which?", header: "x", options: [{ label: "a", description: "" }] }];
  await event("question.asked", { id: "que_1", sessionID: "root", questions });
  await event("question.rejected", { sessionID: "root", requestID: "que_1" });
  const lines = told().slice(2);
  expect(lines.map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
    "wait root",
    "beat root",
    "wait root",
    "beat root",
  ]);
  expect(lines[0]).toContain('"permission":"bash","patterns":["npm publish"]');
  expect(lines[2]).toContain('"question":"Which?"');
});
