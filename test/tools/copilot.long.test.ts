import { copilot } from "./drivers/copilot.ts";
import { testTool } from "./test-tool.ts";

testTool(copilot);
