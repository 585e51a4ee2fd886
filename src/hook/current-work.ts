import { type Member, proposedRole } from "../app/coding-tools/register.ts";
import { mayTellWork } from "../domain/coding-tools/prompt.ts";
import { specializationsIn } from "../domain/sessions/propose-profile.ts";
import { firstLine } from "../domain/values/visible.ts";
import type { HookContext } from "./context.ts";
import { isOff } from "./off.ts";

const MAX_SKILLS = 12;

/** Reports what a session works on, from the user's newest prompt that tells it, unless the user stated it. */
export async function reportWork(
  context: HookContext,
  { session, registration }: Member,
): Promise<"now" | "before" | "not yet"> {
  const { toolSession, hive, event, state } = context;
  const works = toolSession.worksOf(session);
  const told = works.list();
  const known = state.sessions.get(session)?.current_work;
  // The hub may still have an earlier one of these.
  const isOwn = !known || told.includes(known);
  if (isOff(toolSession.world, "work") || !isOwn) return "before";
  const work = await workIn(event.prompt);
  if (work === undefined) return known ? "before" : "not yet";
  if (work === known) return "before";
  if (!known) await reportFirst(context, work, { session, registration });
  else await hive.submit("heartbeat", { work }, session, registration);
  works.add(work);
  return "now";
}

/** Reports the first work of a session, and what it tells of its skills. */
async function reportFirst(
  { toolSession, hive, event, state }: HookContext,
  work: string,
  { session, registration }: Pick<Member, "session" | "registration">,
): Promise<void> {
  const profile = state.sessions.get(session);
  const role = proposedRole(toolSession.projectName);
  const words = specializationsIn(event.prompt, state.taxonomy).slice(0, 5);
  const isOwnRole = profile !== undefined && profile.role !== "" && profile.role !== role;
  const isGiven = registration !== undefined && words.length > 0;
  const skills = [...new Set([...words, ...(profile?.capabilities_offered ?? [])])].slice(0, MAX_SKILLS);
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
}

/** The longest current work, in characters. */
const WORK_WIDTH = 120;

/** How much of a prompt is searched for secrets, in characters. Its first words are in it. */
const SEARCHED_CHARACTERS = 2000;

/**
 * Returns what a session works on: the start of the user's prompt on one line, with secrets masked. Undefined for a
 * prompt that is too short, such as `go on`, for a command to the tool, for a text of ours that comes back, and where it is in doubt what of it is secret.
 */
export async function workIn(prompt: string): Promise<string | undefined> {
  const text = prompt.trim();
  return mayTellWork(text) ? maskedLine(text, WORK_WIDTH) : undefined;
}

/** The start of a text on one line, with secrets masked; undefined where it is in doubt what of it is secret. */
export async function maskedLine(text: string, width: number): Promise<string | undefined> {
  // Loaded here, because most events need no search.
  const { maskSecrets } = await import("../domain/secrets/find.ts");
  const masked = maskSecrets(startOf(text));
  return masked === undefined ? undefined : firstLine(masked, width);
}

/** The start of a text, without a word that is cut in two. Half a secret could not be told from a word. */
function startOf(text: string): string {
  const start = text.slice(0, SEARCHED_CHARACTERS);
  return start.length === text.length ? text : start.slice(0, [...start.matchAll(/\s/gu)].at(-1)?.index ?? 0);
}
