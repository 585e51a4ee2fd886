import { claude } from "./drivers/claude.ts";
import { testTool } from "./test-tool.ts";

testTool(claude);
