import type { World } from "../world.ts";
import { renderStatusLine, statusLine } from "./status-line.ts";

/** `hive statusline` without all that other commands need to start: tools call it every few seconds. */
export async function runStatusLine(world: World): Promise<void> {
  const line = await statusLine(world, {});
  if (line !== undefined) world.out(`${renderStatusLine(line)}\n`);
}
