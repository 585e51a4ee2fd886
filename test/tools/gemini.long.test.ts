import { gemini } from "./drivers/gemini.ts";
import { testTool } from "./test-tool.ts";

testTool(gemini);
