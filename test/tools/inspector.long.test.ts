import { describe, expect, it } from "vitest";
import { openSandbox } from "../support/git-sandbox.ts";
import { MAIN, Machine } from "../support/processes.ts";
import { install } from "./install.ts";
import { openCalls, type ToolCall } from "./mcp/calls.ts";
import { missing } from "./test-tool.ts";

const program = install("inspector");
const TITLE = "MCP inspector";

function inspect(machine: Machine, ...argv: string[]) {
  return machine.run(program ?? "", ["--cli", process.execPath, MAIN, "mcp", ...argv]);
}

function call(machine: Machine, { tool, given }: ToolCall) {
  const args = Object.entries(given).flatMap(([key, value]) => [
    "--tool-arg",
    `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  ]);
  return inspect(machine, "--method", "tools/call", "--tool-name", tool, ...args);
}

describe(TITLE, () => {
  it("lists and calls every tool of `hive mcp`", async ({ skip }) => {
    if (program === undefined) skip(missing({ title: TITLE }));
    const { machine, good } = await openCalls();
    const { out } = await inspect(machine, "--method", "tools/list");
    const { tools } = JSON.parse(out) as { tools: { name: string }[] };
    expect(new Set(tools.map(({ name }) => name))).toEqual(new Set(good.map(({ tool }) => tool)));
    const calls = good.map(async (each) => {
      const { code, out: printed, err } = await call(machine, each);
      expect({ each, code, err }).toEqual({ each, code: 0, err: "" });
      expect(JSON.parse(printed)).not.toHaveProperty("isError");
    });
    await Promise.all(calls);
  });

  it("shows why a call of `hive mcp` is refused", async ({ skip }) => {
    if (program === undefined) skip(missing({ title: TITLE }));
    const { machine, bad } = await openCalls();
    const calls = bad.map(async (each) => {
      const { code, out } = await call(machine, each);
      expect({ each, code }).toEqual({ each, code: 0 });
      expect(JSON.parse(out)).toMatchObject({ isError: true });
      expect(out).toContain(each.says);
    });
    await Promise.all(calls);
  });

  it("shows that no hub is known", async ({ skip }) => {
    if (program === undefined) skip(missing({ title: TITLE }));
    const { out } = await call(new Machine(openSandbox(), "two"), { tool: "sync", given: {} });
    expect(JSON.parse(out)).toMatchObject({ isError: true });
    expect(out).toContain("hub");
  });
});
