import { type Member, proposedRole } from "../app/coding-tools/register.ts";
import { specializationsIn } from "../domain/sessions/propose-profile.ts";
import { firstLine } from "../domain/values/visible.ts";
import type { HookContext } from "./context.ts";
import { isOff } from "./off.ts";

const MAX_SKILLS = 12;

/** Says what a session works on, from its user's own words, unless it was said before. */
export async function sayWork(
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

const WIDTH = 120;

const FEWEST_WORDS = 3;

/** What follows these words is nobody else's business. */
const NAMED_SECRET =
  /\b(pass(?:word|wd|phrase)?|secret|token|api[-_ ]?key|authorization|bearer)\b(\s*[:=]?\s*)\S+/giu;

/** Long words of letters and digits: keys and tokens of whatever make. */
const KEY = /\b(?=[\w+/=-]*\d)(?=[\w+/=-]*[a-z])[\w+/=-]{20,}/giu;

const LOGIN = /\/\/[^\s/@]+@/gu;

/**
 * What a session works on, from its user's own words: their start on one line, without what may be a secret.
 * Undefined where they say too little, as `go on`, or are a command to the tool.
 */
export function workIn(prompt: string): string | undefined {
  const text = prompt.trim();
  if (/^[/!#<]/.test(text) || text.split(/\s+/u).length < FEWEST_WORDS) return undefined;
  const harmless = text
    .slice(0, 2000)
    .replaceAll(LOGIN, "//***@")
    .replaceAll(NAMED_SECRET, "$1$2***")
    .replaceAll(KEY, "***");
  return firstLine(harmless, WIDTH);
}
