import { afterAll, describe, expect, it } from "vitest";
import { ROOT } from "../support/processes.ts";
import { Bench } from "./bench.ts";
import { claude } from "./drivers/claude.ts";
import { install } from "./install.ts";
import { missing } from "./test-tool.ts";

const program = install("claude");

describe(claude.title, () => {
  let bench: Bench | undefined;
  afterAll(() => bench?.scene.close());

  it("finds the plugin and its marketplace valid, strictly", async ({ skip }) => {
    if (program === undefined) skip(missing(claude));
    bench ??= await Bench.open(claude, program ?? "");
    for (const folder of [ROOT, `${ROOT}plugin`]) {
      const { code, out, err } = await bench.call("plugin", "validate", "--strict", folder);
      expect({ folder, code, said: code === 0 ? "" : out + err }).toEqual({ folder, code: 0, said: "" });
    }
  });

  it("installs the plugin from this repository, and it works", async ({ skip }) => {
    if (program === undefined) skip(missing(claude));
    bench ??= await Bench.open(claude, program ?? "");
    const { scene } = bench;
    scene.write("mcp.json", '{"mcpServers":{}}');
    for (const words of [
      ["marketplace", "add", ROOT],
      ["install", "git-hive@git-hive"],
    ]) {
      const { code, out, err } = await bench.call("plugin", ...words);
      expect({ words, code, said: code === 0 ? "" : out + err }).toEqual({ words, code: 0, said: "" });
    }
    const run = await bench.ask("Please count the orders", [
      { name: "mcp__plugin_git-hive_hive__sync", input: {} },
    ]);
    const [first, last] = [run.requests[0]?.text ?? "", run.requests.at(-1)?.text ?? ""];
    expect(first.split("git-hive: this session is session-1 on the hub").length).toBe(2);
    expect(last).toMatch(/you\W+session-1\b/);
    expect((await bench.sessionsAtRest()).map(({ id }) => id)).toEqual(["session-1"]);
  });

  it("refuses set-up beside the plugin, and says so", async ({ skip }) => {
    if (program === undefined) skip(missing(claude));
    await expect(bench?.scene.hive("setup", "claude")).rejects.toThrow(/plugin git-hive is enabled/);
  });
});
