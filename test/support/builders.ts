import { Claim } from "../../src/domain/claims/claim.ts";
import type { Decision } from "../../src/domain/decision.ts";
import { DEFAULT_SETTINGS } from "../../src/domain/hub/default-settings.ts";
import { DEFAULT_TAXONOMY } from "../../src/domain/hub/default-taxonomy.ts";
import { Message } from "../../src/domain/messages/message.ts";
import type { Operation } from "../../src/domain/operation.ts";
import { Collaboration } from "../../src/domain/requests/collaboration.ts";
import { Heartbeat, Profile } from "../../src/domain/sessions/session.ts";
import type { Snapshot } from "../../src/domain/snapshot.ts";
import { type ClaimKey, type RequestId, SessionId, Ulid } from "../../src/domain/values/ids.ts";

/** The instant at which everything that is built happens, unless it says otherwise. */
export const NOON = "2026-01-31T12:00:00Z";

/** Values as a test writes them: ids are plain strings and are parsed here, so a bad one fails at once. */
type Loose<Value> = { [Key in keyof Value]?: unknown };

export function aProfile(over: Loose<Profile> = {}): Profile {
  return Profile.parse({
    id: "session-1",
    name: "Session One",
    role: "",
    status: "active",
    specialization: [],
    capabilities_offered: [],
    current_work: "",
    registered_at: NOON,
    updated_at: NOON,
    ...over,
  });
}

export function aHeartbeat(over: Loose<Heartbeat> = {}): Heartbeat {
  return Heartbeat.parse({
    session_id: "session-1",
    name: "Session One",
    status: "active",
    last_heartbeat: NOON,
    capabilities_offered: [],
    current_work: "",
    ...over,
  });
}

export function aCollaboration(over: Loose<Collaboration> = {}): Collaboration {
  return Collaboration.parse({
    request_id: "collab-1769860800-k3f9",
    from_session: "session-2",
    to_session: "session-1",
    request: "Please help",
    urgency: "normal",
    status: "pending",
    created_at: NOON,
    updated_at: NOON,
    history: [],
    ...over,
  });
}

/** A claim of session-1's on issue-42, taken at noon for two hours. */
export function aClaim(over: Loose<Claim> = {}): Claim {
  return Claim.parse({
    claim_id: "01KG9M2V0000000000000000AA",
    key: "issue-42",
    patterns: ["issue-42"],
    session: "session-1",
    claimed_at: NOON,
    until: "2026-01-31T14:00:00Z",
    ...over,
  });
}

export function aMessage(over: Loose<Message> = {}): Message {
  return Message.parse({
    id: "01KG9M2V0000000000000000AA",
    from: "session-1",
    to: "all",
    priority: "normal",
    sent_at: NOON,
    body: "Hello",
    ...over,
  });
}

/** A hub's state; lists become maps by id. Parts that are not given are those of a new, empty hub. */
export function aState(
  over: Partial<
    Omit<Snapshot, "sessions" | "heartbeats" | "collaborations" | "archived" | "archivedLately" | "claims">
  > & {
    sessions?: readonly Profile[];
    heartbeats?: readonly Heartbeat[];
    collaborations?: readonly Collaboration[];
    archived?: readonly Collaboration[];
    claims?: readonly Claim[];
  } = {},
): Snapshot {
  const { sessions = [], heartbeats = [], collaborations = [], archived = [], claims = [], ...rest } = over;
  return {
    settings: DEFAULT_SETTINGS,
    taxonomy: DEFAULT_TAXONOMY,
    registry: { registry_version: "1.0", sessions: {} },
    retired: { sessions: {} },
    messages: [],
    paths: new Set(),
    ...rest,
    sessions: new Map<SessionId, Profile>(sessions.map((profile) => [profile.id, profile])),
    heartbeats: new Map<SessionId, Heartbeat>(heartbeats.map((beat) => [beat.session_id, beat])),
    collaborations: new Map<RequestId, Collaboration>(collaborations.map((each) => [each.request_id, each])),
    archived: new Map<RequestId, Collaboration>(archived.map((each) => [each.request_id, each])),
    archivedLately: new Map<RequestId, Collaboration>(archived.map((each) => [each.request_id, each])),
    claims: new Map<ClaimKey, Claim>(claims.map((claim) => [claim.key, claim])),
  };
}

/** What session-1 operations at noon. */
export function anOperation(input: unknown = {}, over: Loose<Operation> = {}): Operation {
  const { op = "01KG9M2V0000000000000000AA", session = "session-1", at = NOON, kind = "operation" } = over;
  return {
    op: Ulid.parse(op),
    kind: String(kind),
    session: SessionId.parse(session),
    at: String(at),
    input,
  };
}

/** A decision that has to be a change, with its files by path from the hub's folder on. */
export function changeOf<Result>(decision: Decision<Result>) {
  if (decision.kind !== "change") throw new Error(`no change, but ${JSON.stringify(decision)}`);
  const files = new Map(decision.files.map(({ path, text }) => [path.replace(/^coordination\//, ""), text]));
  const { subject, result } = decision;
  return {
    subject,
    result,
    paths: [...files.keys()].sort(),
    text: (path: string) => files.get(path) ?? "",
    json: (path: string): unknown => JSON.parse(files.get(path) ?? "null"),
  };
}
