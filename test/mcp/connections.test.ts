import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Client, InMemoryTransport } from "@modelcontextprotocol/client";
import { expect, it } from "vitest";
import { runHook } from "../../src/hook/run.ts";
import { Connections } from "../../src/mcp/connections.ts";
import { buildServer } from "../../src/mcp/server.ts";
import { TOOLS } from "../../src/mcp/tools.ts";
import { Console } from "../support/console.ts";
import { openSandbox } from "../support/git-sandbox.ts";

/** What each tool needs at least. */
const GIVEN: Readonly<Record<string, object>> = {
  match: { task: "x" },
  request: { text: "x", to_capability: "x" },
  respond: { request: "x", action: "accept" },
  claim: { action: "check" },
  status: { work: "x" },
  handoff: { goal: "x" },
  send: { text: "x", to: "all" },
};

type Called = { structuredContent?: Record<string, unknown>; isError?: boolean };

/** One server in the folder of project `A`, and threads of Codex in two projects with a hub each. */
async function open() {
  const sandbox = openSandbox();
  const folder = (name: string) => sandbox.folder("projects", name);
  for (const name of ["A", "B"]) {
    mkdirSync(join(folder(name), ".git"));
    const hub = await sandbox.bareHub(name);
    await new Console(sandbox, { directory: folder(name) }).print("init", "--remote", hub);
  }
  const start = (thread: string, name: string) => {
    const event = {
      session_id: thread,
      cwd: folder(name),
      hook_event_name: "SessionStart",
      source: "startup",
    };
    return runHook(["codex"], sandbox.world({ readInput: async () => JSON.stringify(event) }));
  };
  const connections = new Connections(sandbox.world({ directory: folder("A") }), {});
  const [one, other] = InMemoryTransport.createLinkedPair();
  const client = new Client({ name: "test", version: "1.0.0" });
  await Promise.all([buildServer(connections, "1.0.0").connect(one), client.connect(other)]);
  sandbox.atEnd(async () => {
    await client.close();
    await connections.close();
  });
  const call = async (name: string, given: object, meta?: object) => {
    const params = { name, arguments: { ...given }, ...(meta === undefined ? {} : { _meta: { ...meta } }) };
    return (await client.callTool(params)) as Called;
  };
  const rows = async (name: string) => {
    const shell = new Console(sandbox, { directory: folder(name) });
    const { sessions } = await shell.json<{ sessions: { id: string; current_work: string }[] }>("sync");
    return sessions.map(({ id, current_work }) => `${id} ${current_work}`);
  };
  return { start, call, rows };
}

it("each thread of a client is its own session, at its own hub", async () => {
  const { start, call, rows } = await open();
  await start("t1", "A");
  await start("t2", "A");
  await start("t3", "B");
  for (const threadId of ["t1", "t2", "t3"])
    expect(await call("status", { work: `of ${threadId}` }, { threadId })).toMatchObject({
      structuredContent: { landed: true },
    });
  expect(await rows("A")).toEqual(["session-1 of t1", "session-2 of t2"]);
  expect(await rows("B")).toEqual(["session-1 of t3"]);
});

it("a call may name its author where the server cannot know it, and the error says so", async () => {
  const { start, call, rows } = await open();
  await start("t1", "A");
  const unknown = await call("status", { work: "of nobody" });
  expect(unknown).toMatchObject({ isError: true });
  expect(unknown).not.toHaveProperty("structuredContent");
  expect(JSON.stringify(unknown)).toContain("no_identity");
  expect(JSON.stringify(unknown)).toMatch(/argument \\+"as\\+"/);
  expect(await call("status", { work: "named", as: "session-1" })).not.toHaveProperty("isError");
  expect(await rows("A")).toEqual(["session-1 named"]);
});

it("two sessions act through one server that knows neither", async () => {
  const { start, call, rows } = await open();
  await start("t1", "A");
  await start("t2", "A");
  for (const as of ["session-1", "session-2"])
    expect(await call("status", { work: `of ${as}`, as })).toMatchObject({
      structuredContent: { session_id: as, current_work: `of ${as}` },
    });
  await call("send", { as: "session-1", to: "session-2", text: "Hello" });
  const inboxOf = async (as: string) => (await call("inbox", { as })).structuredContent?.unread;
  expect([await inboxOf("session-1"), await inboxOf("session-2")]).toEqual([0, 1]);
  expect(await rows("A")).toEqual(["session-1 of session-1", "session-2 of session-2"]);
});

it("every tool acts as the session that the call names", async () => {
  const { start, call } = await open();
  await start("t1", "A");
  await start("t2", "A");
  const asked = await call("request", { as: "session-1", to: "session-2", text: "Help" });
  const given: typeof GIVEN = {
    ...GIVEN,
    respond: { request: asked.structuredContent?.request_id, action: "accept" },
  };
  for (const { name } of TOOLS) {
    const answered = await call(name, { ...given[name], as: "session-2" });
    expect({ name, ...answered }).not.toHaveProperty("isError");
  }
});

it.each([
  ["a name that nobody has", "not_registered", "nobody-here"],
  ["what is no name", "bad_session", "../No name"],
  ["an empty name", "bad_session", ""],
])("no tool acts as %s", async (_, code, as) => {
  const { start, call } = await open();
  await start("t1", "A");
  for (const meta of [undefined, { threadId: "t1" }])
    for (const { name } of TOOLS) {
      const refused = await call(name, { ...GIVEN[name], as }, meta);
      expect({ name, ...refused }).toMatchObject({ name, isError: true });
      expect(JSON.stringify(refused)).toContain(code);
    }
});

it("no tool acts as another session that runs here, where the server knows who acts", async () => {
  const { start, call, rows } = await open();
  await start("t1", "A");
  await start("t2", "A");
  for (const { name } of TOOLS) {
    const refused = await call(name, { ...GIVEN[name], as: "session-2" }, { threadId: "t1" });
    expect({ name, ...refused }).toMatchObject({ name, isError: true });
    expect(JSON.stringify(refused)).toContain("name_in_use");
  }
  expect(await rows("A")).toEqual(["session-1 ", "session-2 "]);
  const own = await call("status", { work: "mine", as: "session-1" }, { threadId: "t1" });
  expect(own).toMatchObject({ structuredContent: { session_id: "session-1" } });
});
