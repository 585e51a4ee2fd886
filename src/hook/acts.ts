import { showLife } from "../app/coding-tools/register.ts";
import type { HookEvent } from "../domain/coding-tools/event.ts";
import type { AtHub } from "./context.ts";

/** A sign of life. */
export async function beat({ attendance, hive }: AtHub): Promise<void> {
  const who = attendance.identity();
  attendance.noteBeat();
  if (who === undefined) return;
  await showLife(hive, { session: who.session, registration: who.registration });
  if (attendance.isFetchDue) await attendance.exchange();
}

/** The session is gone for everybody at once; one whose conversation was only cleared goes on in the next. */
export async function end({ attendance, hive }: AtHub, { reason }: HookEvent): Promise<void> {
  const who = attendance.identity();
  if (who === undefined) return;
  const given = attendance.names.find(attendance.tool);
  attendance.forget();
  if (reason === "clear" && given !== undefined)
    return attendance.names.leave(attendance.tool, attendance.project, given, attendance.world.now());
  await hive.submit("heartbeat", { status: "offline" }, who.session, who.registration);
  await attendance.exchange();
}
