import { showLife } from "../app/coding-tools/register.ts";
import type { Attendance } from "../app/coding-tools/tool-session.ts";
import type { HookAnswer, HookEvent } from "../domain/coding-tools/event.ts";
import { HiveError } from "../errors.ts";
import { type AtHub, PARTS, type Scene } from "./context.ts";

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

/** A sign of life. */
async function beat({ attendance, hive }: AtHub): Promise<void> {
  const who = attendance.identity();
  attendance.noteBeat();
  if (who === undefined) return;
  await showLife(hive, { session: who.session, registration: who.registration });
  if (attendance.isFetchDue) await attendance.exchange();
}

/** The session is gone for everybody at once; one whose conversation was only cleared goes on in the next. */
async function end({ attendance, hive }: AtHub, { reason }: HookEvent): Promise<void> {
  const who = attendance.identity();
  if (who === undefined) return;
  const given = attendance.names.find(attendance.tool);
  attendance.forget();
  if (reason === "clear" && given !== undefined)
    return attendance.names.leave(attendance.tool, attendance.project, given, attendance.world.now());
  await hive.submit("heartbeat", { status: "offline" }, who.session, who.registration);
  await attendance.exchange();
}
