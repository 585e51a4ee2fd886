import { SessionId, Topic, Ulid } from "../values/ids.ts";
import { Instant } from "../values/instant.ts";
import * as z from "../values/z.ts";

const Short = z.string().check(z.maxLength(4000));
const Tags = z.array(z.string().check(z.minLength(1), z.maxLength(400))).check(z.maxLength(256));

/** What a session says it is doing. Whether it is there at all is its presence, which readers compute. */
export const Status = z
  .string()
  .check(
    z.regex(/^[a-z][a-z0-9_-]{0,31}$/, "a status is one lower-case word, as active, idle or completing"),
  );
export type Status = z.infer<typeof Status>;

/** Which messages a session has seen: every id up to `until`, and those of `also`, which are later. */
export const ReadCursor = z.looseObject({
  until: Ulid,
  also: z.array(Ulid).check(z.maxLength(200)),
});
export type ReadCursor = z.infer<typeof ReadCursor>;

/** What a session says of a skill it offers: since when, until when, and a note. Unknown keys are kept. */
export const Offer = z.looseObject({
  skill: z.string().check(z.minLength(1), z.maxLength(400)),
  note: z.optional(z.string().check(z.maxLength(400))),
  since: Instant,
  until: z.optional(Instant),
});
export type Offer = z.infer<typeof Offer>;

/** Topics by name, conversations by the id of their first message. */
const Follows = z.array(z.union([Topic, Ulid])).check(z.maxLength(256));
const Mutes = z.array(z.union([Topic, Ulid, SessionId])).check(z.maxLength(256));

/** When it is there, by the clocks of its zone: the text that `printHours` makes. Without, it is always there. */
const Availability = z.looseObject({ hours: z.optional(Short) });

/** `SESSIONS/<id>.json`: everything known about a session. Unknown keys are kept. */
export const Profile = z.looseObject({
  id: SessionId,
  name: Short,
  role: Short,
  status: Status,
  specialization: Tags,
  capabilities_offered: Tags,
  /** More about skills among those that are offered. */
  offers: z.optional(z.array(Offer).check(z.maxLength(256))),
  current_work: Short,
  registered_at: Instant,
  updated_at: Instant,
  follows: z.optional(Follows),
  mutes: z.optional(Mutes),
  /** What its inbox has shown, as of its last write: the receipt for whoever wrote to it. */
  read: z.optional(ReadCursor),
  /** Until when `status` lasts, where the session said so; from then on it is active. */
  status_until: z.optional(Instant),
  availability: z.optional(Availability),
  /** The operation that registered it under a name nobody had; who acts under that name can count on it. */
  registration: z.optional(Ulid),
});
export type Profile = z.infer<typeof Profile>;

/** `HEARTBEATS/<id>.json`: the newest sign of life. Unknown keys are kept. */
export const Heartbeat = z.looseObject({
  session_id: SessionId,
  name: Short,
  status: Status,
  status_until: z.optional(Instant),
  last_heartbeat: Instant,
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
