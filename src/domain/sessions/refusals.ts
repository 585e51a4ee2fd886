import type { Refusal } from "../refusal.ts";
import { refusal } from "../refusal.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { firstLine } from "../values/visible.ts";
import { MOST_SKILLS } from "./skill.ts";

export function nameTaken(session: SessionId): Refusal {
  return refusal(
    "name_taken",
    `${session} is registered already.`,
    "Choose another id. See who is there: hive sync",
  );
}

export function reservedSession(session: SessionId): Refusal {
  return refusal("reserved_session", `${session} signs what no session asked for.`, "Choose another id.");
}

export function unknownSession(id: string, known: Iterable<string>): Refusal {
  const near = [...known].filter((other) => other.startsWith(id) || other.includes(id)).slice(0, 3);
  const hint = near.length > 0 ? `Meant one of: ${near.join(", ")}?` : "See who is there: hive sync";
  return refusal("unknown_session", `No session ${id} is registered in this hub.`, hint);
}

export function askedItself(session: SessionId): Refusal {
  return refusal("same_session", `${session} would ask itself.`, 'Find somebody else: hive match "<task>"');
}

export function overAlready(until: Instant): Refusal {
  return refusal("over_already", `${until} is over already.`, "Give a time to come, as in: --until 2h");
}

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
