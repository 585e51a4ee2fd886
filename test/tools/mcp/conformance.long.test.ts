import process from "node:process";
import { describe, expect, it } from "vitest";
import { openSandbox } from "../../support/git-sandbox.ts";
import { Machine } from "../../support/processes.ts";
import { install } from "../install.ts";
import { missing } from "../test-tool.ts";
import { openBridge } from "./http-bridge.ts";

const TITLE = "MCP conformance suite";
const EXPECTED_FAILURES = new URL("conformance-expected-failures.yaml", import.meta.url).pathname;

/** The scenarios that need nothing of a server but the protocol. */
const SCENARIOS = ["server-initialize", "ping", "tools-list", "resources-list", "prompts-list"];

/** The suite does not start on older versions of Node. */
const OLDEST_NODE = 22;

function nodeForSuite(): string | undefined {
  return Number.parseInt(process.versions.node, 10) >= OLDEST_NODE ? process.execPath : install("node");
}

describe(TITLE, () => {
  const [suite, node] = [install("conformance"), nodeForSuite()];

  it("finds `hive mcp` right in each scenario that needs only the protocol", async ({ skip }) => {
    if (suite === undefined || node === undefined) skip(missing({ title: TITLE }));
    const sandbox = openSandbox();
    const machine = new Machine(sandbox, "one");
    await machine.print("init");
    await machine.print("register", "clerk");
    const bridge = await openBridge(machine);
    sandbox.atEnd(() => bridge.close());
    const options = ["--url", bridge.url, "--expected-failures", EXPECTED_FAILURES];
    const { code, out, err } = await machine.run(node ?? "", [suite ?? "", "server", ...options]);
    expect({ code, out, err }).toMatchObject({ code: 0 });
    for (const scenario of SCENARIOS)
      expect(out).toMatch(new RegExp(`✓ ${scenario}: [1-9]\\d* passed, 0 failed`));
  });
});
