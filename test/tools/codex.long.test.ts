import { codex } from "./drivers/codex.ts";
import { testTool } from "./test-tool.ts";

testTool(codex);
