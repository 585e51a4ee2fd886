import { expect, it } from "vitest";
import { REGISTER_PARTS, registerToolSession } from "../../../src/app/coding-tools/register.ts";
import { ToolSession } from "../../../src/app/coding-tools/tool-session.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { hubWith } from "../../support/hub-with.ts";
import { ScriptedTool } from "../../support/tool.ts";

it("a registration that lands between reading the hub and reading the outbox keeps its name", async () => {
  const sandbox = openSandbox();
  const tool = new ScriptedTool(sandbox, "a", "project", { HIVE_HUB: await hubWith(sandbox) });
  const told = { variable: "CLAUDE_CODE_SESSION_ID", id: "abc", directory: tool.project };
  const toolSession = ToolSession.in(tool.world(), told);
  if (toolSession === undefined) throw new Error("a hub was chosen");
  const hive = await toolSession.open();
  const { state: before } = await hive.recall(REGISTER_PARTS);
  const first = await registerToolSession(toolSession, hive, before);
  const second = await registerToolSession(toolSession, hive, before);
  hive.close();
  expect(first).toMatchObject({ isNew: true });
  expect(second).toEqual({ ...first, isNew: false });
});
