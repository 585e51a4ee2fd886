import { change, nothing } from "../../decision.ts";
import { defineOperation } from "../../operation.ts";
import { notRegistered, type Refusal } from "../../refusal.ts";
import type { Profile } from "../../sessions/session.ts";
import { putProfiles } from "../../sessions/write.ts";
import type { Snapshot } from "../../snapshot.ts";
import { SessionId, Topic, type Ulid } from "../../values/ids.ts";
import { isSessionId } from "../../values/session-id.ts";
import { isTopic } from "../../values/topic.ts";
import * as z from "../../values/z.ts";
import { findMessage, threadOf } from "../find.ts";
import { mutedItself, notFollowed, tooMany } from "../refusals.ts";

/** A text that is only the id, or a long start of the id, of a message or of the request that it announced. */
const MESSAGE = /^(?:[0-7][0-9A-HJKMNP-TV-Z]{9,25}|collab-\d{1,12}(?:-[a-z0-9]{0,16})?)$/i;
/** A text that may be a short start or end of such an id. */
const PART = /^[0-9A-HJKMNP-TV-Z-]{4,26}$/i;
const NAME = /^#?(?=.{1,64}$)[a-z0-9]+(?:-[a-z0-9]+)*$/;

const Input = z.object({
  target: z
    .string()
    .check(
      z.refine(
        (name) => MESSAGE.test(name) || NAME.test(name) || PART.test(name),
        "a topic or a session has 1 to 64 lower-case letters, digits and single hyphens; a message id has 26 characters",
      ),
    ),
  off: z.boolean(),
});

const MAX_LIST_ENTRIES = 256;
const OTHER_LIST = { follows: "mutes", mutes: "follows" } as const;
type List = keyof typeof OTHER_LIST;
type AttentionTarget = Topic | Ulid | SessionId;

/** Follows or mutes a topic or a conversation (named by any of its messages), or mutes a session. */
function defineAttention(kind: "follow" | "mute", list: List) {
  return defineOperation({
    kind,
    by: "registered",
    reads: ["sessions", "registry", "heartbeats", "messages"],
    input: Input,
    decide(state, { target: name, off }, by) {
      const profile = state.sessions.get(by.session);
      if (!profile) return notRegistered(by.session);
      const target = findTarget(state, name);
      if (typeof target === "object") return target;
      const refused = off ? undefined : refuse(list, target, profile);
      if (refused) return refused;
      const changed = put({ ...profile, updated_at: by.at }, list, target, off);
      const isChange = has(profile, list, target) === off;
      const result = {
        ...{ target, ...listsOf(changed), known: isKnown(state, target, by.session) },
        changed: isChange,
        stopped: off ? undefined : stoppedBy(profile, OTHER_LIST[list], target),
      };
      if (!isChange) return nothing(result);
      const subject = `${kind} ${by.session}: ${target}${off ? " no longer" : ""}`;
      return change(subject, putProfiles(state, [changed]), result);
    },
  });
}

function listsOf({ follows = [], mutes = [] }: Profile) {
  return { follows, mutes };
}

/** Whether a target is no typo as far as the hub can tell. */
function isKnown(
  state: Pick<Snapshot, "sessions" | "messages">,
  target: AttentionTarget,
  author: SessionId,
): boolean {
  return !isTopic(target) || isInUse(state, target, author);
}

/** Whether a topic has a message, or a session, other than the author if one is given, that follows or mutes it. */
function isInUse(
  { sessions, messages }: Pick<Snapshot, "sessions" | "messages">,
  topic: string,
  author?: SessionId,
): boolean {
  const others = [...sessions.values()].filter(({ id }) => id !== author);
  return (
    messages.some(({ to }) => to === topic) ||
    others.some(({ follows = [], mutes = [] }) => [...follows, ...mutes].some((each) => each === topic))
  );
}

function refuse(list: List, target: AttentionTarget, profile: Profile): Refusal | undefined {
  if (list === "follows" && isSessionId(target)) return notFollowed(target);
  if (target === profile.id) return mutedItself(profile.id);
  const isFull = profile[list]?.length === MAX_LIST_ENTRIES && !has(profile, list, target);
  return isFull ? tooMany(list, MAX_LIST_ENTRIES) : undefined;
}

function has(profile: Profile, list: List, target: AttentionTarget): boolean {
  return profile[list]?.some((each) => each === target) === true;
}

/** The other list, where it has the target, which leaves it. */
function stoppedBy(profile: Profile, other: List, target: AttentionTarget): List | undefined {
  return has(profile, other, target) ? other : undefined;
}

/** The profile with the target added to the list and removed from the other: the latest command wins. */
function put(profile: Profile, list: List, target: AttentionTarget, off: boolean): Profile {
  const without = (each: List) => ({ [each]: profile[each]?.filter((other) => other !== target) });
  if (off) return { ...profile, ...without(list) };
  const added = [...(profile[list] ?? []).filter((other) => other !== target), target];
  return { ...profile, ...without(OTHER_LIST[list]), [list]: added };
}

/** A topic if the name begins with `#` or names nothing else; else a session, or a conversation. */
function findTarget(state: Pick<Snapshot, "sessions" | "messages">, name: string): AttentionTarget | Refusal {
  if (name.startsWith("#")) return Topic.parse(name);
  const session = SessionId.safeParse(name);
  if (session.success && state.sessions.has(session.data)) return session.data;
  if (!MESSAGE.test(name) && (!PART.test(name) || isInUse(state, `#${name}`))) return Topic.parse(`#${name}`);
  const found = findMessage(state.messages, name);
  if (!("kind" in found)) return threadOf(found.message);
  const isTopic = !MESSAGE.test(name) && NAME.test(name) && found.code === "unknown_message";
  return isTopic ? Topic.parse(`#${name}`) : found;
}

export const follow = defineAttention("follow", "follows");
export const mute = defineAttention("mute", "mutes");
