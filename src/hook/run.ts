import { claude } from "../domain/coding-tools/claude.ts";
import { codex } from "../domain/coding-tools/codex.ts";
import { copilot } from "../domain/coding-tools/copilot.ts";
import { cursor } from "../domain/coding-tools/cursor.ts";
import type { CodingTool, HookEvent } from "../domain/coding-tools/event.ts";
import { fieldsOf } from "../domain/coding-tools/event.ts";
import { gemini } from "../domain/coding-tools/gemini.ts";
import type { World } from "../world.ts";
import { answerAtHub } from "./gate.ts";
import { isOff } from "./off.ts";

const TOOLS: Readonly<Record<string, CodingTool>> = { claude, codex, gemini, cursor, copilot };

/**
 * Answers one event of a coding tool's session. Whatever happens, the session goes on as if we were not there: nothing
 * is thrown, and nothing printed but an answer that the tool understands.
 */
export async function runHook([name = "", ...rest]: readonly string[], world: World): Promise<void> {
  try {
    if (name === "exchange") return await (await import("./background-sync.ts")).exchange(world);
    const tool = Object.hasOwn(TOOLS, name) ? TOOLS[name] : undefined;
    const event = tool?.read(fieldsOf(JSON.parse(await world.readInput())), rest[0]);
    if (tool && event) await answer(tool, event, world);
  } catch (error) {
    if (world.env.HIVE_HOOK_DEBUG) world.err(`${error instanceof Error ? error.stack : String(error)}\n`);
  }
}

async function answer(tool: CodingTool, event: HookEvent, world: World): Promise<void> {
  if (isOff(world, event.kind)) return;
  // A session's helpers work in its name; they neither come nor go.
  if (event.isSubagent && event.kind !== "edit" && event.kind !== "beat") return;
  const said = await answerAtHub(tool, event, world);
  const printed = said && tool.print(event, said);
  if (printed) world.out(`${(await import("../domain/values/visible.ts")).encode(printed)}\n`);
}
