import type { Snapshot } from "../snapshot.ts";
import { BOT, isSessionId, type SessionId } from "../values/session-id.ts";
import { retiredSession } from "./retired.ts";

/** Leaves room for the prefix. */
const MAX_LENGTH = 56;
const PREFIX = "person-";

/** A person's name in the form of a session's id: `Ada Lovelace` is `ada-lovelace`. Undefined where nothing of it is left. */
export function slugOf(name: string): string | undefined {
  const plain = name
    .normalize("NFKD")
    .replaceAll(/\p{M}+/gu, "")
    .toLowerCase();
  const slug = plain
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_LENGTH)
    .replaceAll(/^-|-$/g, "");
  return slug === "" ? undefined : slug;
}

/** The name under which a person acts: no session has or had it. */
export function personName(
  slug: string,
  { sessions, retired }: Pick<Snapshot, "sessions" | "retired">,
): SessionId {
  const isFree =
    isSessionId(slug) && slug !== BOT && !sessions.has(slug) && retiredSession(retired, slug) === undefined;
  return (isFree ? slug : `${PREFIX}${slug}`) as SessionId;
}
