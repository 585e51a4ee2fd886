import { opencode } from "./drivers/opencode.ts";
import { testTool } from "./test-tool.ts";

testTool(opencode);
