import { SessionId, Topic, Ulid } from "../values/ids.ts";
import { Instant } from "../values/instant.ts";
import * as z from "../values/z.ts";

const Short = z.string().check(z.maxLength(4000));
const Tags = z.array(z.string().check(z.minLength(1), z.maxLength(400))).check(z.maxLength(256));

/** The status that a session sets for itself. Its presence is separate: readers compute it from the heartbeat. */
export const Status = z
  .string()
  .check(
    z.regex(/^[a-z][a-z0-9_-]{0,31}$/, "a status is one lower-case word, like active, idle or completing"),
  );
export type Status = z.infer<typeof Status>;

/** The states that a session can set. Hubs of older versions and imported files may have others, which are only read. */
export const State = z.enum(["active", "idle", "completing", "paused", "offline"], {
  error: "a state is one lower-case word: active, idle, completing, paused or offline",
});
export type State = z.infer<typeof State>;

export function isState(status: Status): status is State {
  return State.safeParse(status).success;
}

/** The messages that a session has seen: every id up to `until`, and the later ids in `also`. */
export const ReadCursor = z.looseObject({
  until: Ulid,
  also: z.array(Ulid).check(z.maxLength(200)),
});
export type ReadCursor = z.infer<typeof ReadCursor>;

/** Details of a skill that a session offers: since when, until when, and a note. Unknown keys are kept. */
export const Offer = z.looseObject({
  skill: z.string().check(z.minLength(1), z.maxLength(400)),
  note: z.optional(z.string().check(z.maxLength(400))),
  since: Instant,
  until: z.optional(Instant),
});
export type Offer = z.infer<typeof Offer>;

/** Topics by name, and conversations by the id of their first message. */
const Follows = z.array(z.union([Topic, Ulid])).check(z.maxLength(256));
const Mutes = z.array(z.union([Topic, Ulid, SessionId])).check(z.maxLength(256));

/** The hours of a session, as the text that `printHours` returns. Without hours, it is always available. */
const Availability = z.looseObject({ hours: z.optional(Short) });

/**
 * A question of a session to its human, for which it waits. With `by_tool`, its coding tool asks: for a permission, or for
 * the next prompt. Only the tool takes that answer. Unknown keys are kept.
 */
export const Need = z.looseObject({
  /** The operation that asked. */
  id: Ulid,
  question: z.string().check(z.minLength(1), z.maxLength(400)),
  options: z.optional(
    z.array(z.string().check(z.minLength(1), z.maxLength(100))).check(z.minLength(2), z.maxLength(9)),
  ),
  since: Instant,
  by_tool: z.optional(z.literal(true)),
});
export type Need = z.infer<typeof Need>;

/** `SESSIONS/<id>.json`: the profile of a session. Unknown keys are kept. */
export const Profile = z.looseObject({
  id: SessionId,
  name: Short,
  role: Short,
  status: Status,
  specialization: Tags,
  capabilities_offered: Tags,
  /** Details of some of the offered skills. */
  offers: z.optional(z.array(Offer).check(z.maxLength(256))),
  current_work: Short,
  /** The work from before a pause that was given a reason: the reason stands in `current_work` until the pause ends. */
  work_before_pause: z.optional(Short),
  needs: z.optional(Need),
  registered_at: Instant,
  updated_at: Instant,
  follows: z.optional(Follows),
  mutes: z.optional(Mutes),
  /** The messages that its inbox had shown at its last write; their authors see this as a receipt. */
  read: z.optional(ReadCursor),
  /** Until when `status` lasts, if the session set an end; after that the session is active. */
  status_until: z.optional(Instant),
  availability: z.optional(Availability),
  /** The operation that registered the session under a free name; later operations can require that it is the same. */
  registration: z.optional(Ulid),
});
export type Profile = z.infer<typeof Profile>;

/** `HEARTBEATS/<id>.json`: the newest heartbeat of a session. Unknown keys are kept. */
export const Heartbeat = z.looseObject({
  session_id: SessionId,
  name: Short,
  status: Status,
  status_until: z.optional(Instant),
  last_heartbeat: Instant,
  /**
   * When the session last worked: wrote anything but heartbeats and its registration, or used a tool. At most the
   * throttle of heartbeats out of date. Null if it has not worked since it was registered; missing if that is not known.
   */
  worked_at: z.optional(z.nullable(Instant)),
  capabilities_offered: Tags,
  current_work: Short,
});
export type Heartbeat = z.infer<typeof Heartbeat>;

const RegistryEntry = z.looseObject({
  id: SessionId,
  name: Short,
  role: Short,
  status: Status,
  specialization: Tags,
  current_work: Short,
});

/** `REGISTRY.json`: the index that is generated from the profiles. Unknown top-level keys are kept. */
export const Registry = z.looseObject({
  registry_version: z.string(),
  last_updated: z.optional(Instant),
  sessions: z.record(z.string(), RegistryEntry),
});
export type Registry = z.infer<typeof Registry>;

/** When a session was retired, and the registration by which it can return, if it had one. */
const RetiredSession = z.looseObject({ retired_at: Instant, registration: z.optional(Ulid) });
export type RetiredSession = z.infer<typeof RetiredSession>;

/** `RETIRED.json`: the sessions that left the registry. No other session gets their names. Unknown keys are kept. */
export const Retired = z.looseObject({ sessions: z.record(SessionId, RetiredSession) });
export type Retired = z.infer<typeof Retired>;
