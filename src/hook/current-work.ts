import { type Member, proposedRole } from "../app/coding-tools/register.ts";
import { isOwnText } from "../domain/coding-tools/prompt.ts";
import { specializationsIn } from "../domain/sessions/propose-profile.ts";
import { firstLine } from "../domain/values/visible.ts";
import type { HookContext } from "./context.ts";
import { isOff } from "./off.ts";

const MAX_SKILLS = 12;

/** Reports what a session works on, from the user's prompt, unless it is known. */
export async function reportWork(
  { toolSession, hive, event, state }: HookContext,
  { session, registration }: Member,
): Promise<"now" | "before" | "not yet"> {
  const { saidWork } = toolSession.recall();
  const profile = state.sessions.get(session);
  if (saidWork === true || profile?.current_work || isOff(toolSession.world, "work")) return "before";
  const work = await workIn(event.prompt);
  if (work === undefined) return "not yet";
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
  return "now";
}

/** The longest current work, in characters. */
const WORK_WIDTH = 120;

/** The shortest prompt that tells what a session works on, in words. */
const MIN_WORDS = 3;

/** How much of a prompt is searched for secrets, in characters. Its first words are in it. */
const SEARCHED_CHARACTERS = 2000;

/**
 * Returns what a session works on: the start of the user's prompt on one line, with secrets masked. Undefined for a
 * prompt that is too short, such as `go on`, for a command to the tool, for a text of ours that comes back, and where it is in doubt what of it is secret.
 */
export async function workIn(prompt: string): Promise<string | undefined> {
  const text = prompt.trim();
  if (/^[/!#<]/.test(text) || isOwnText(text) || text.split(/\s+/u).length < MIN_WORDS) return undefined;
  // Loaded here, because only the first prompt of a session is searched.
  const { maskSecrets } = await import("../domain/secrets/find.ts");
  const masked = maskSecrets(startOf(text));
  return masked === undefined ? undefined : firstLine(masked, WORK_WIDTH);
}

/** The start of a text, without a word that is cut in two. Half a secret could not be told from a word. */
function startOf(text: string): string {
  const start = text.slice(0, SEARCHED_CHARACTERS);
  return start.length === text.length ? text : start.slice(0, [...start.matchAll(/\s/gu)].at(-1)?.index ?? 0);
}
