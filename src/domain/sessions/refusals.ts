import type { Refusal } from "../refusal.ts";
import { refusal } from "../refusal.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";

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
