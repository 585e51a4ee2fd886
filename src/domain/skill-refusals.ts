import type { Refusal } from "./refusal.ts";
import { MOST_SKILLS } from "./sessions/skill.ts";
import type { SessionId } from "./values/ids.ts";
import type { Instant } from "./values/instant.ts";
import { firstLine } from "./values/visible.ts";

/** How many of a session's skills are named, and how much of each. */
const MOST_NAMED = 12;
const WIDTH = 40;

/** Names what is offered, so that the right word is at hand. */
export function notOffered(session: SessionId, skill: string, offered: readonly string[]): Refusal {
  const named = offered.slice(0, MOST_NAMED).map((each) => firstLine(each, WIDTH));
  const more = offered.length > named.length ? ` and ${offered.length - named.length} more` : "";
  const instead = named.length > 0 ? `; it offers ${named.join(", ")}${more}` : "; it offers nothing";
  return {
    kind: "refusal",
    code: "not_offered",
    message: `${session} does not offer ${firstLine(skill, WIDTH)}${instead}.`,
    hint: named.length > 0 ? "One of these: hive withdraw <skill>" : "Offer something: hive offer <skill>",
  };
}

export function tooManySkills(session: SessionId): Refusal {
  return {
    kind: "refusal",
    code: "too_many_skills",
    message: `${session} offers ${MOST_SKILLS} skills, and no session may offer more.`,
    hint: "Make room: hive withdraw <skill>",
  };
}

export function alreadyPast(until: Instant, now: Instant): Refusal {
  return {
    kind: "refusal",
    code: "already_past",
    message: `${until} has passed: it is ${now}.`,
    hint: "Say how long from now: hive offer <skill> --until 2d",
  };
}
