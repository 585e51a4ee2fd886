import type { Attendance } from "../app/coding-tools/tool-session.ts";
import type { HookAnswer, HookEvent } from "../domain/coding-tools/event.ts";
import { HiveError } from "../errors.ts";
import { beat, end } from "./acts.ts";
import { PARTS, type Scene } from "./context.ts";

/** Does what an event asks for at the session's hub; what there is to say about it. Throws HiveError. */
export async function act(attendance: Attendance, event: HookEvent): Promise<HookAnswer | undefined> {
  const tip = attendance.tip();
  const hive = await attendance.open();
  try {
    if (event.kind === "beat") await beat({ attendance, hive });
    if (event.kind === "end") await end({ attendance, hive }, event);
    if (event.kind === "beat" || event.kind === "end") return undefined;
    const { state } = await hive.read(PARTS);
    return await answer({ attendance, hive, event, state, tip });
  } catch (error) {
    // A hub that was never seen from here: it is fetched now, and the next event finds it.
    if (error instanceof HiveError && tip === undefined) await attendance.exchange();
    throw error;
  } finally {
    hive.close();
  }
}

/** Looking at claims takes what the others have no use for, and the other way round: each loads its own. */
async function answer(scene: Scene): Promise<HookAnswer | undefined> {
  if (scene.event.kind === "edit") return (await import("./warn-claimed.ts")).edit(scene);
  const { prompt, start, stop } = await import("./inform.ts");
  if (scene.event.kind === "start") return start(scene);
  return scene.event.kind === "prompt" ? prompt(scene) : stop(scene);
}
