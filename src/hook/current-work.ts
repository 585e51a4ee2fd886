import { type Member, proposedRole } from "../app/coding-tools/register.ts";
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
  const work = workIn(event.prompt);
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

/** Words that name a secret, and the secret after them. */
const NAMED_SECRET =
  /\b(pass(?:word|wd|phrase)?|secret|token|api[-_ ]?key|authorization|bearer)\b(\s*(?:[:=]\s*)?)\S+/giu;

/** Long words. With letters and digits they may be keys or tokens. */
const LONG_WORD = /[\w+/=-]{20,}/gu;

const LOGIN = /\/\/[^\s/@]+@/gu;

/**
 * Returns what a session works on: the start of the user's prompt on one line, without possible secrets. Undefined for
 * a prompt that is too short, such as `go on`, or a command to the tool.
 */
export function workIn(prompt: string): string | undefined {
  const text = prompt.trim();
  if (/^[/!#<]/.test(text) || text.split(/\s+/u).length < MIN_WORDS) return undefined;
  const redacted = text
    .slice(0, 2000)
    .replaceAll(LOGIN, "//***@")
    .replaceAll(NAMED_SECRET, "$1$2***")
    .replaceAll(LONG_WORD, (word) => (/\d/.test(word) && /[a-z]/i.test(word) ? "***" : word));
  return firstLine(redacted, WORK_WIDTH);
}
