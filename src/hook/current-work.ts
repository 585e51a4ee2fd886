import { type Member, proposedRole } from "../app/coding-tools/register.ts";
import { specializationsIn } from "../domain/sessions/propose-profile.ts";
import type { Scene } from "./context.ts";
import { isOff } from "./off.ts";
import { workIn } from "./work.ts";

const MOST_SKILLS = 12;

/** Says what a session works on, from its user's own words, unless it was said before. */
export async function sayWork(
  { attendance, hive, event, state }: Scene,
  { session, registration }: Member,
): Promise<"now" | "before" | "not yet"> {
  const { saidWork } = attendance.recall();
  const profile = state.sessions.get(session);
  if (saidWork === true || profile?.current_work || isOff(attendance.world, "work")) return "before";
  const work = workIn(event.prompt);
  if (work === undefined) return "not yet";
  const role = proposedRole(attendance.projectName);
  const words = specializationsIn(event.prompt, state.taxonomy).slice(0, 5);
  const isOwnRole = profile !== undefined && profile.role !== "" && profile.role !== role;
  const isGiven = registration !== undefined && words.length > 0;
  const skills = [...new Set([...words, ...(profile?.capabilities_offered ?? [])])].slice(0, MOST_SKILLS);
  await hive.submit(
    "register",
    {
      work,
      ...(isGiven && !isOwnRole ? { role: `${role}: ${words.join(", ")}` } : {}),
      ...(isGiven && profile !== undefined ? { skills } : {}),
    },
    session,
    registration,
  );
  return "now";
}
