import { MAX_RETIRED_SESSIONS } from "../hub/limits.ts";
import type { Refusal } from "../refusal.ts";
import { notRegistered, refusal } from "../refusal.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { nearNames } from "../values/near.ts";
import { firstLine } from "../values/visible.ts";
import { type RetiredSession, State } from "./session.ts";
import { MAX_SKILLS } from "./skill.ts";

export function nameTaken(session: SessionId): Refusal {
  return refusal(
    "name_taken",
    `${session} is already registered.`,
    "Choose another id. See the registered sessions: hive sync",
  );
}

/** Another machine, or another session of a coding tool, acts under the name now. */
export function nameAlive(session: SessionId, lastHeartbeat: Instant): Refusal {
  return refusal(
    "name_alive",
    `${session} is alive on another machine or in another session: its last heartbeat was at ${lastHeartbeat}.`,
    `Choose another name. Or take this one over, and tell the other session: hive register ${session} --take-over`,
  );
}

/** A retired name belongs to its session: it returns by its registration or, if it had none, by its own word. */
export function nameRetired(session: SessionId, { retired_at, registration }: RetiredSession): Refusal {
  const way =
    registration === undefined
      ? `If you are that session, return: hive register ${session} --return. If not, choose another id.`
      : "Choose another id. Only the coding tool's session that had this name can return under it.";
  return refusal(
    "name_retired",
    `${session} was retired at ${retired_at}, and its name is given to no other session.`,
    way,
  );
}

/** A session acts that is not registered. One that was retired is not unknown: it returns. */
export function notRegisteredNow(session: SessionId, retired: RetiredSession | undefined): Refusal {
  return retired === undefined
    ? notRegistered(session)
    : { ...nameRetired(session, retired), code: "not_registered" };
}

export function stillOnline(session: SessionId, presence: string): Refusal {
  return refusal(
    "still_online",
    `${session} is ${presence}, and only sessions that are offline are retired.`,
    `If it is gone all the same: hive retire ${session} --force`,
  );
}

export function noRoomForRetired(): Refusal {
  return refusal(
    "too_many_retired",
    `The hub has retired ${MAX_RETIRED_SESSIONS} sessions, and remembers no more names.`,
    "Make a new hub: hive init --remote <url>",
  );
}

export function reservedSession(session: SessionId): Refusal {
  return refusal(
    "reserved_session",
    `${session} is reserved for operations that no session requested.`,
    "Choose another id.",
  );
}

export function unknownSession(id: string, known: Iterable<string>): Refusal {
  const near = nearNames(id, known);
  const hint =
    near.length > 0 ? `Did you mean ${near.join(" or ")}?` : "See the registered sessions: hive sync";
  return refusal("unknown_session", `No session ${id} is registered in this hub.`, hint);
}

export function askedItself(session: SessionId): Refusal {
  return refusal(
    "same_session",
    `${session} cannot ask itself.`,
    'Find another session: hive match "<task>"',
  );
}

export function handedToItself(session: SessionId): Refusal {
  return refusal(
    "same_session",
    `${session} cannot hand over to itself.`,
    "Name another session, or offer the work to all: hive handoff --open",
  );
}

export function tookFromItself(session: SessionId): Refusal {
  return refusal(
    "same_session",
    `${session} cannot take over from itself.`,
    "See your own requests: hive inbox. The other sessions: hive sync",
  );
}

/** An operation of an older version, which took any word. */
export function unknownState(status: string): Refusal {
  return refusal(
    "unknown_state",
    `${status} is not a state.`,
    `The states are: ${State.options.join(", ")}. For other words: hive status "<text>"`,
  );
}

export function overAlready(until: Instant): Refusal {
  return refusal("over_already", `${until} has already passed.`, "Give a future time, like: --until 2h");
}

/** Maximum skills that a refusal names. */
const MAX_NAMED_SKILLS = 12;
/** Maximum characters of each skill that a refusal names. */
const MAX_SKILL_WIDTH = 40;

/** Names the offered skills, so that the user sees the right spelling. */
export function notOffered(session: SessionId, skill: string, offered: readonly string[]): Refusal {
  const named = offered.slice(0, MAX_NAMED_SKILLS).map((each) => firstLine(each, MAX_SKILL_WIDTH));
  const more = offered.length > named.length ? ` and ${offered.length - named.length} more` : "";
  const instead = named.length > 0 ? `; it offers ${named.join(", ")}${more}` : "; it offers nothing";
  return {
    kind: "refusal",
    code: "not_offered",
    message: `${session} does not offer ${firstLine(skill, MAX_SKILL_WIDTH)}${instead}.`,
    hint:
      named.length > 0 ? "Withdraw one of these: hive withdraw <skill>" : "Offer a skill: hive offer <skill>",
  };
}

export function tooManySkills(session: SessionId): Refusal {
  return {
    kind: "refusal",
    code: "too_many_skills",
    message: `${session} already offers ${MAX_SKILLS} skills, the maximum for one session.`,
    hint: "Remove one first: hive withdraw <skill>",
  };
}

export function alreadyPast(until: Instant, now: Instant): Refusal {
  return {
    kind: "refusal",
    code: "already_past",
    message: `${until} has already passed: it is now ${now}.`,
    hint: "Give a duration from now: hive offer <skill> --until 2d",
  };
}
