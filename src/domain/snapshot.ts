import type { Claim } from "./claims/claim.ts";
import type { Settings } from "./hub/settings.ts";
import type { Taxonomy } from "./hub/taxonomy.ts";
import type { Message } from "./messages/message.ts";
import type { Collaboration } from "./requests/collaboration.ts";
import type { Heartbeat, Profile, Registry, Retired } from "./sessions/session.ts";
import type { ClaimKey, RequestId, SessionId } from "./values/ids.ts";

/** The hub's state at one commit. A reader names the parts it needs and gets only those. */
export interface Snapshot {
  readonly settings: Settings;
  readonly taxonomy: Taxonomy;
  readonly registry: Registry;
  readonly retired: Retired;
  readonly sessions: ReadonlyMap<SessionId, Profile>;
  readonly heartbeats: ReadonlyMap<SessionId, Heartbeat>;
  readonly collaborations: ReadonlyMap<RequestId, Collaboration>;
  /** Requests that ended so long ago that they were moved to the archive. */
  readonly archived: ReadonlyMap<RequestId, Collaboration>;
  /** Only the newest archived requests, so that reading does not grow with history. */
  readonly archivedLately: ReadonlyMap<RequestId, Collaboration>;
  readonly claims: ReadonlyMap<ClaimKey, Claim>;
  /** Only the newest messages, so that reading does not grow with history. */
  readonly messages: readonly Message[];
  /** Every path under the hub's folder and the workflows' folder. */
  readonly paths: ReadonlySet<string>;
}
export type Part = keyof Snapshot;

/** A part of the snapshot that is read from files. */
export type FilePart = Exclude<Part, "paths">;
