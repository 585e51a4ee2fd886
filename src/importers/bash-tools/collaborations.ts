import { type Collaboration, CollaborationStatus } from "../../domain/requests/collaboration.ts";
import { RequestId, type SessionId } from "../../domain/values/ids.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { inOrderOf } from "../../domain/values/order.ts";
import { TEXT_LIMIT } from "../../domain/values/text.ts";
import { toSeconds } from "../../domain/values/time.ts";
import type { CollaborationDraft } from "./collaboration-drafts.ts";
import { hashOf } from "./hash.ts";
import type { Names } from "./names.ts";
import type { ObjectFields } from "./read-object.ts";
import type { SeedFile } from "./seed-file.ts";
import { asUrgency, keepSmall, MAX_FILE_BYTES, shorten } from "./values.ts";

/** Facts about the whole directory, for building each request. */
export interface CollaborationContext {
  readonly names: Names;
  readonly newest: Instant;
  note(file: SeedFile, reason: string): void;
}

interface PlacedRecord {
  readonly draft: CollaborationDraft;
  readonly id: RequestId;
}

/** The requests, and for each an alternate id in case the hub has another request with its id. */
export interface Collaborations {
  readonly collaborations: Collaboration[];
  readonly alternates: Record<string, RequestId>;
  /** The hub's id of the request that a message announces. */
  idOf(written: string | undefined, text: string): string | undefined;
}

const SYNONYMS: Readonly<Record<string, CollaborationStatus>> = {
  open: "pending",
  canceled: "cancelled",
  complete: "completed",
  done: "completed",
  rejected: "declined",
};

/** For each status: the steps after `pending` that lead to it. */
const STEPS_TO_STATUS: Readonly<Record<CollaborationStatus, readonly CollaborationStatus[]>> = {
  pending: [],
  accepted: ["accepted"],
  in_progress: ["accepted", "in_progress"],
  completed: ["accepted", "in_progress", "completed"],
  declined: ["declined"],
  cancelled: ["cancelled"],
  expired: ["expired"],
};

/**
 * Builds the requests of these drafts, sorted by id. If two requests made in one second had the same id, the first
 * keeps it and the others get a part of their hash. A request in several files is built once, in its newest state; a
 * note records the older files.
 */
export function buildCollaborations(
  drafts: readonly CollaborationDraft[],
  context: CollaborationContext,
): Collaborations {
  const placed = assignRequestIds(newestStates(drafts, context));
  const taken = new Set<string>(placed.map(({ id }) => id));
  const collaborations = placed.map((each) => buildCollaboration(each, context));
  return {
    collaborations: collaborations.sort(inOrderOf(({ request_id }) => request_id)),
    alternates: Object.fromEntries(placed.map(({ draft, id }) => [id, withHash(id, draft, taken)])),
    idOf: (written, text) => {
      const same = placed.filter(({ draft }) => written !== undefined && draft.id === written);
      return (same.find(({ draft }) => draft.request.trim() === text.trim()) ?? same[0])?.id ?? written;
    },
  };
}

/** What identifies a request across files: everything given when it was made. */
function contentOf({ id, from, to, request, created }: CollaborationDraft): string {
  return JSON.stringify([id, from, to, request, created]);
}

function newestStates(
  drafts: readonly CollaborationDraft[],
  context: CollaborationContext,
): CollaborationDraft[] {
  const newest = new Map<string, CollaborationDraft>();
  for (const draft of drafts) {
    const other = newest.get(contentOf(draft));
    const [winner, loser] =
      other && (other.updated ?? "") >= (draft.updated ?? "") ? [other, draft] : [draft, other];
    if (loser) context.note(loser.file, `${winner.file.path} has the newest state of this request`);
    newest.set(contentOf(draft), winner);
  }
  return [...newest.values()];
}

function assignRequestIds(drafts: readonly CollaborationDraft[]): PlacedRecord[] {
  const order = (draft: CollaborationDraft) => `${draft.created} ${hashOf(contentOf(draft))}`;
  const sorted = [...drafts].sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const taken = new Set<string>(drafts.map((draft) => draft.id ?? ""));
  const firsts = new Set<string>();
  return sorted.map((draft) => {
    const isFirst = draft.id !== undefined && !firsts.has(draft.id);
    const bare = draft.id ?? RequestId.parse(`collab-${draft.created ? toSeconds(draft.created) : 0}`);
    const id = isFirst ? bare : withHash(bare, draft, taken);
    firsts.add(bare);
    taken.add(id);
    return { draft, id };
  });
}

/** The id with 4 characters of the request's hash, or more if that id is taken. */
function withHash(id: RequestId, draft: CollaborationDraft, taken: ReadonlySet<string>): RequestId {
  const [word, seconds, random = ""] = id.split("-");
  const hash = hashOf(contentOf(draft));
  const ids = [4, 8, 12, 16].map(
    (length) => `${word}-${seconds}-${`${random}${hash.slice(0, length)}`.slice(-16)}`,
  );
  return RequestId.parse(ids.find((candidate) => !taken.has(candidate)) ?? ids[3]);
}

function buildCollaboration({ draft, id }: PlacedRecord, context: CollaborationContext): Collaboration {
  const note = (reason: string) => context.note(draft.file, reason);
  const from = context.names.idOf(draft.from);
  const to = context.names.idOf(draft.to);
  const created = draft.created ?? context.newest;
  const status = statusOf(draft.status);
  const own: Collaboration = {
    request_id: id,
    from_session: from,
    to_session: to,
    request: shorten(draft.request, TEXT_LIMIT, "the request", note),
    urgency: asUrgency(draft.urgency) ?? "normal",
    status,
    created_at: created,
    updated_at: draft.updated ?? created,
    history: historyOf(status, { from, to, created, updated: draft.updated ?? created }),
  };
  const rest = { ...originalValues(draft, own), ...draft.rest };
  return { ...own, ...keepSmall(own, rest, MAX_FILE_BYTES, note) };
}

function statusOf(written: string | undefined): CollaborationStatus {
  const word = (written ?? "")
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_");
  const status = CollaborationStatus.safeParse(word);
  if (status.success) return status.data;
  return Object.hasOwn(SYNONYMS, word) ? (SYNONYMS[word] ?? "pending") : "pending";
}

/**
 * Builds the history. The old tools did not record when a request was accepted or started, so those steps get the
 * instant of the last status.
 */
function historyOf(
  status: CollaborationStatus,
  { from, to, created, updated }: { from: SessionId; to: SessionId; created: Instant; updated: Instant },
): Collaboration["history"] {
  const later = STEPS_TO_STATUS[status].map((passed) => ({
    status: passed,
    session: passed === "cancelled" ? from : to,
    at: updated,
  }));
  return [{ status: "pending", session: from, at: created }, ...later];
}

/** The original values for which the hub's format has no field. */
function originalValues(draft: CollaborationDraft, own: Collaboration): ObjectFields {
  const urgency = draft.urgency?.trim().toLowerCase();
  return {
    ...(draft.id !== undefined && draft.id !== own.request_id ? { seed_request_id: draft.id } : {}),
    ...(draft.from === own.from_session ? {} : { seed_from: draft.from }),
    ...(draft.to === own.to_session ? {} : { seed_to: draft.to }),
    ...(draft.status === undefined || draft.status.trim() === own.status
      ? {}
      : { seed_status: draft.status }),
    ...(urgency === undefined || urgency === own.urgency ? {} : { seed_urgency: draft.urgency }),
    ...(draft.created === undefined ? { seed_time: "unknown" } : {}),
  };
}
