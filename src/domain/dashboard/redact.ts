import { OPERATIONS } from "../operations.ts";
import type { ClaimNode, ClaimTree } from "./claim-tree.ts";
import type { Dashboard } from "./dashboard.ts";
import type { RequestRow } from "./request-rows.ts";
import type { SilentHolder } from "./silent-holders.ts";
import type { Unanswered } from "./waiting.ts";

/** What stands in place of a text. */
const NOT_PUBLISHED = "(not published)";

/**
 * The dashboard without what sessions and people wrote in their own words, for readers who may not see the hub.
 * Whatever has such words is made anew from the fields that stay, so a new field does not compile until somebody decides
 * about it.
 */
export function redact(state: Dashboard): Dashboard {
  const { at, hub, commit, outdated, seen_at, unreadable, overlaps, summary, week, skills, metrics } = state;
  const known = new Set<string>(state.sessions.map(({ id }) => id));
  const refused = { ...metrics.refused, by_kind: ofKnownKinds(metrics.refused.by_kind) };
  return {
    at,
    hub,
    commit,
    redacted: true,
    outdated: outdated === null ? null : NOT_PUBLISHED,
    seen_at,
    unreadable,
    unanswered: state.unanswered.map(redactUnanswered),
    silent: state.silent.map(redactHolder),
    overlaps,
    sessions: state.sessions.map(redactSession),
    summary,
    requests: state.requests.map(redactRequest),
    claims: redactTree(state.claims),
    events: state.events.map((event) => redactEvent(event, known)),
    week,
    skills,
    metrics: { ...metrics, refused },
  };
}

function redactUnanswered(row: Unanswered): Unanswered {
  const { kind, id, from, to, blocks, urgency, since, stuck, seen, next } = row;
  return {
    kind,
    id,
    from,
    to: withoutUsers(to),
    text: NOT_PUBLISHED,
    ...(blocks === undefined ? {} : { blocks }),
    urgency,
    since,
    stuck: stuck === null ? null : withoutUsers(stuck),
    seen,
    // The command for a request can have words of it.
    next: kind === "request" ? `hive thread ${id}` : next,
  };
}

/** Users of the forge are people, and who they are is nobody else's business. */
function withoutUsers(sentence: string): string {
  return sentence.replace(/^@[\w-]+/, "a person");
}

function redactHolder({ id, presence, last_heartbeat, claims, requests, next }: SilentHolder): SilentHolder {
  return {
    id,
    presence,
    last_heartbeat,
    work: NOT_PUBLISHED,
    claims,
    requests: requests.map((request) => ({ id: request.id, from: request.from, text: NOT_PUBLISHED })),
    next,
  };
}

function redactSession(row: Dashboard["sessions"][number]): Dashboard["sessions"][number] {
  const { id, presence, working, status, projects, last_heartbeat, away, holds, unused } = row;
  return {
    id,
    name: NOT_PUBLISHED,
    role: NOT_PUBLISHED,
    presence,
    working,
    status,
    work: NOT_PUBLISHED,
    projects,
    last_heartbeat,
    away,
    holds,
    unused,
  };
}

function redactRequest({
  id,
  status,
  from,
  to,
  urgency,
  since,
  limit,
  evidence,
  next,
}: RequestRow): RequestRow {
  return {
    id,
    status,
    from,
    to,
    text: NOT_PUBLISHED,
    urgency,
    since,
    limit,
    evidence: evidence === null ? null : NOT_PUBLISHED,
    next,
  };
}

function redactTree({ keys, projects }: ClaimTree): ClaimTree {
  return { keys: keys.map(redactNode), projects: projects.map(redactNode) };
}

function redactNode({ name, holders, children }: ClaimNode): ClaimNode {
  return {
    name,
    holders: holders.map(({ session, presence, key, until, note }) => ({
      session,
      presence,
      key,
      until,
      note: note === null ? null : NOT_PUBLISHED,
    })),
    children: children.map(redactNode),
  };
}

/** Of who did it, only registered sessions stay: the author of a commit by hand can be any name. */
function redactEvent(
  event: Dashboard["events"][number],
  known: ReadonlySet<string>,
): Dashboard["events"][number] {
  const { at, commit, request } = event;
  const session = event.session !== null && known.has(event.session) ? event.session : null;
  const kind = kindOf(event.kind);
  return {
    at,
    text: [`${session ?? "somebody"}: ${kind}`, ...(request === null ? [] : [request])].join(" "),
    kind,
    commit,
    session,
    request,
  };
}

function ofKnownKinds(counts: Readonly<Record<string, number>>): Record<string, number> {
  const known: Record<string, number> = {};
  for (const [kind, number] of Object.entries(counts))
    known[kindOf(kind)] = (known[kindOf(kind)] ?? 0) + number;
  return known;
}

/** A commit by hand can say any kind. */
function kindOf(kind: string): string {
  return Object.hasOwn(OPERATIONS, kind) || kind === "refusal" ? kind : "other";
}
