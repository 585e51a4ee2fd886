import { describe, expect, it } from "vitest";
import { openSandbox } from "../support/git-sandbox.ts";
import { MAIN, Machine } from "../support/processes.ts";
import { install } from "./install.ts";
import { missing } from "./test-tool.ts";

const program = install("inspector");
const TITLE = "MCP inspector";

/** A call of each tool that is answered. */
const CALLS: readonly (readonly [tool: string, ...args: string[]])[] = [
  ["sync"],
  ["status", "work=Counting"],
  ["inbox"],
  ["match", "task=Count the orders"],
  ["send", "to=boss", "text=Hello"],
  ["request", "to=boss", "text=Count them"],
  ["claim", "action=claim", 'targets=["issue-1"]'],
  ["handoff", "to=boss", "goal=Count on"],
];

/** Calls that are refused. */
const REFUSED: readonly (readonly [tool: string, ...args: string[]])[] = [
  ["respond", "request=none", "action=accept"],
  ["send", "to=nobody-here", "text=Hello"],
  ["claim", "action=release", 'targets=["not-mine"]'],
];

async function opened() {
  const machine = new Machine(openSandbox(), "one");
  await machine.print("init");
  for (const name of ["boss", "clerk"]) await machine.print("register", name);
  const inspect = (...argv: string[]) =>
    machine.run(program ?? "", ["--cli", process.execPath, MAIN, "mcp", ...argv]);
  const call = ([tool, ...args]: readonly [string, ...string[]], as = "as=clerk") => {
    const given = [...args, as].flatMap((arg) => ["--tool-arg", arg]);
    return inspect("--method", "tools/call", "--tool-name", tool, ...given);
  };
  return { machine, inspect, call };
}

describe(TITLE, () => {
  it("lists and calls every tool of `hive mcp`", async ({ skip }) => {
    if (program === undefined) skip(missing({ title: TITLE }));
    const { inspect, call } = await opened();
    const { out } = await inspect("--method", "tools/list");
    const { tools } = JSON.parse(out) as { tools: { name: string }[] };
    const tried = new Set([...CALLS, ...REFUSED].map(([tool]) => tool));
    expect(new Set(tools.map(({ name }) => name))).toEqual(tried);
    const calls = CALLS.map(async (each) => {
      const { code, out: printed, err } = await call(each);
      expect({ each, code, err }).toEqual({ each, code: 0, err: "" });
      expect(JSON.parse(printed)).not.toHaveProperty("isError");
    });
    await Promise.all(calls);
  });

  it("shows why a call of `hive mcp` is refused", async ({ skip }) => {
    if (program === undefined) skip(missing({ title: TITLE }));
    const { call } = await opened();
    const calls = REFUSED.map(async (each) => {
      const { code, out } = await call(each);
      expect({ each, code }).toEqual({ each, code: 0 });
      expect(JSON.parse(out)).toMatchObject({ isError: true });
      expect(out).toContain("hint");
    });
    await Promise.all(calls);
  });

  it("shows that no hub is known", async ({ skip }) => {
    if (program === undefined) skip(missing({ title: TITLE }));
    const machine = new Machine(openSandbox(), "two");
    const call = ["--method", "tools/call", "--tool-name", "sync"];
    const { out } = await machine.run(program ?? "", ["--cli", process.execPath, MAIN, "mcp", ...call]);
    expect(JSON.parse(out)).toMatchObject({ isError: true });
    expect(out).toContain("hub");
  });
});
