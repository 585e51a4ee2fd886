import { describe, expect, it } from "vitest";
import { TOOLS } from "../../../src/mcp/tools.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { Machine } from "../../support/processes.ts";
import { install } from "../install.ts";
import { missing } from "../test-tool.ts";
import { openCalls } from "./calls.ts";
import { LIBRARIES } from "./clients.ts";

const NAMES = TOOLS.map(({ name }) => name).sort();

describe("MCP libraries", () => {
  for (const { title, pin, call } of LIBRARIES) {
    const file = install(pin);
    it(`${title} calls each tool of \`hive mcp\`, and reads why each refuses`, async ({ skip }) => {
      if (file === undefined) skip(missing({ title }));
      const { machine, good, bad } = await openCalls();
      for (const calls of [good, bad]) expect(calls.map(({ tool }) => tool).sort()).toEqual(NAMES);
      const seen = await call(file ?? "", machine, [...good, ...bad]);
      expect([...seen.tools].sort()).toEqual(NAMES);
      for (const [index, { tool }] of good.entries()) {
        const { isError, text } = seen.answers[index] ?? {};
        expect({ tool, isError, text }).toEqual({ tool, isError: false, text: expect.stringMatching(/^\{/) });
      }
      for (const [index, { tool, says }] of bad.entries()) {
        const { isError, text } = seen.answers[good.length + index] ?? {};
        expect({ tool, isError, text }).toEqual({ tool, isError: true, text: expect.stringContaining(says) });
      }
    });

    it(`${title} reads of each tool of \`hive mcp\` that there is no hub`, async ({ skip }) => {
      if (file === undefined) skip(missing({ title }));
      const { good } = await openCalls();
      const machine = new Machine(openSandbox(), "two");
      const { answers } = await call(file ?? "", machine, good);
      const told = { isError: true, text: expect.stringMatching(/no_hub.*hive init/) };
      expect(answers).toEqual(good.map(() => told));
    });
  }
});
