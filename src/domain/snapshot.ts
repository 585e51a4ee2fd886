import type { Claim } from "./claim.ts";
import type { Collaboration } from "./collaboration.ts";
import type { ClaimKey, RequestId, SessionId } from "./ids.ts";
import type { Message } from "./message.ts";
import type { Heartbeat, Profile, Registry } from "./session.ts";
import type { Settings } from "./settings.ts";
import type { Taxonomy } from "./taxonomy.ts";

/** The hub's state at one commit. Readers ask for the parts they need and get no others. */
export interface Snapshot {
  readonly settings: Settings;
  readonly taxonomy: Taxonomy;
  readonly registry: Registry;
  readonly sessions: ReadonlyMap<SessionId, Profile>;
  readonly heartbeats: ReadonlyMap<SessionId, Heartbeat>;
  readonly collaborations: ReadonlyMap<RequestId, Collaboration>;
  /** Requests that ended long enough ago to have left the folder of open ones. */
  readonly archived: ReadonlyMap<RequestId, Collaboration>;
  /** The newest of them only, so that reading does not grow with history. */
  readonly archivedLately: ReadonlyMap<RequestId, Collaboration>;
  readonly claims: ReadonlyMap<ClaimKey, Claim>;
  /** The newest messages only, so that reading does not grow with history. */
  readonly messages: readonly Message[];
  /** Every path under the hub's folder and the workflows' folder. */
  readonly paths: ReadonlySet<string>;
}
export type Part = keyof Snapshot;
