import { describeEntry } from "../activity/describe-entry.ts";
import { type ListedSession, type Overview, overview } from "../activity/overview.ts";
import { claims as claimsIn, conflicts } from "../claims/list.ts";
import { askFor } from "../claims/refusals.ts";
import type { LogEntry } from "../log.ts";
import { type Metrics, metrics } from "../metrics/metrics.ts";
import { timedRequests } from "../metrics/request-times.ts";
import { lastWeeks, type Week } from "../metrics/weeks.ts";
import { MARKET_PARTS, type SkillView, skills } from "../search/market.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Zone } from "../time/zone.ts";
import { groupBy } from "../values/group-by.ts";
import type { ClaimKey, RequestId, SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { isSessionId } from "../values/session-id.ts";
import { shellArgument } from "../values/shell-quote.ts";
import { firstLine } from "../values/visible.ts";
import { type ClaimTree, claimTree } from "./claim-tree.ts";
import { type RequestRow, requestRows } from "./request-rows.ts";
import { type SilentHolder, silentHolders } from "./silent-holders.ts";
import { type Unanswered, unansweredIn } from "./waiting.ts";
import { type WeekView, weekView } from "./week.ts";

/** The parts of the hub that the dashboard shows. */
export const DASHBOARD_PARTS = [...MARKET_PARTS, "claims", "messages"] as const;

/** How many of the last operations are shown. */
export const MAX_EVENTS = 50;

/** How many weeks the charts have. */
const WEEKS = 12;

/** A claim that overlaps one of another session. */
interface OverlappingClaim {
  readonly key: ClaimKey;
  readonly session: SessionId;
  readonly target: string;
  readonly until: Instant;
}

/** What a person who supervises the sessions looks at, in the order of its sections. Texts of others are cut to a line. */
export interface Dashboard {
  /** The instant at which the state was read. */
  readonly at: Instant;
  readonly hub: string;
  readonly commit: string;
  /** Whether the words of sessions and people were left out. */
  readonly redacted: boolean;
  /** Why the hub was not read, so that this is what this host had of it, and since when; null where it was read. */
  readonly outdated: string | null;
  readonly seen_at: Instant | null;
  /** The number of the hub's files that could not be read. */
  readonly unreadable: number;
  readonly unanswered: readonly Unanswered[];
  readonly silent: readonly SilentHolder[];
  readonly overlaps: readonly {
    readonly claims: readonly [OverlappingClaim, OverlappingClaim];
    readonly next: string;
  }[];
  readonly sessions: readonly SessionRow[];
  readonly summary: Overview["summary"];
  readonly requests: readonly RequestRow[];
  readonly claims: ClaimTree;
  readonly events: readonly {
    readonly at: Instant;
    readonly text: string;
    readonly kind: string;
    readonly commit: string;
    /** The session that acted, and the request that it acted on; null where the commit names none. */
    readonly session: SessionId | null;
    readonly request: RequestId | null;
  }[];
  readonly week: WeekView;
  readonly skills: readonly SkillRow[];
  readonly metrics: Metrics;
}

interface SessionRow {
  readonly id: SessionId;
  readonly name: string;
  readonly role: string;
  readonly presence: ListedSession["presence"];
  readonly working: boolean;
  readonly status: string;
  readonly work: string;
  /** The projects in which it has claimed files. */
  readonly projects: readonly string[];
  readonly last_heartbeat: Instant | null;
  readonly away: string | null;
  readonly holds: ListedSession["holds"];
  readonly unused: boolean;
}

interface SkillRow {
  readonly skill: string;
  readonly offers: readonly Pick<SkillView["offers"][number], "id" | "presence" | "completed">[];
  readonly needs: number;
  readonly next: string;
}

/** The state of a hub, and what its history says. */
export interface Reading {
  readonly state: Pick<Snapshot, (typeof DASHBOARD_PARTS)[number]>;
  /** The log, newest first. */
  readonly entries: readonly LogEntry[];
  readonly refusals: { readonly entries: readonly LogEntry[]; readonly isWhole: boolean };
  readonly source: Pick<Dashboard, "hub" | "commit" | "outdated" | "seen_at" | "unreadable">;
}

export function dashboard(
  { state, entries, refusals, source }: Reading,
  zone: Zone,
  now: Instant,
): Dashboard {
  const { sessions, summary } = overview(state, now);
  const held = claimsIn(state, now);
  const projects = groupBy(held, ({ session }) => session);
  const figures = metrics(state, timedRequests(state, undefined, now), refusals, { since: undefined, now });
  return {
    at: now,
    ...source,
    redacted: false,
    unanswered: unansweredIn(state, now),
    silent: silentHolders(state, sessions, now),
    overlaps: overlapsOf(held),
    sessions: sessions.map((session) =>
      sessionRow(
        session,
        (projects.get(session.id) ?? []).flatMap(({ project }) => project ?? []),
      ),
    ),
    summary,
    requests: requestRows(state, now),
    claims: claimTree(held),
    events: entries.slice(0, MAX_EVENTS).map(eventOf),
    week: weekView(state, zone, now),
    skills: skills(state, now).skills.map(skillRow),
    metrics: { ...figures, weeks: withEmptyWeeks(figures.weeks, now) },
  };
}

function overlapsOf(held: ReturnType<typeof claimsIn>): Dashboard["overlaps"] {
  return conflicts(held).conflicts.map(({ claims: [one, other], overlap: [mine, theirs] }) => ({
    claims: [
      { key: one.key, session: one.session, target: firstLine(mine, 80), until: one.until },
      { key: other.key, session: other.session, target: firstLine(theirs, 80), until: other.until },
    ],
    next: askFor(other.session, firstLine(theirs, 80)),
  }));
}

/** The subject of an operation on a request begins with the verb and the request. */
const ON_REQUEST = /^[a-z]+ (collab-\d{1,12}(?:-[a-z0-9]{4,16})?)(?![a-z0-9-])/;

function eventOf(entry: LogEntry): Dashboard["events"][number] {
  const { at, op, session, subject, commit } = entry;
  return {
    at,
    text: describeEntry(entry),
    kind: firstLine(entry.kind, 40),
    commit,
    // A commit by hand has its author there.
    session: op !== null && isSessionId(session) ? session : null,
    request: (ON_REQUEST.exec(subject)?.[1] as RequestId | undefined) ?? null,
  };
}

function sessionRow(session: ListedSession, projects: readonly string[]): SessionRow {
  const { id, presence, working, status, last_heartbeat, away, holds, unused } = session;
  return {
    id,
    name: firstLine(session.name, 80),
    role: firstLine(session.role, 80),
    presence,
    working,
    status,
    work: firstLine(session.current_work, 160),
    projects: [...new Set(projects)].sort(),
    last_heartbeat,
    away: away?.reason ?? null,
    holds,
    unused,
  };
}

function skillRow({ skill, offers, needs }: SkillView): SkillRow {
  const name = firstLine(skill, 60);
  return {
    skill: name,
    offers: offers.map(({ id, presence, completed }) => ({ id, presence, completed })),
    needs: needs.length,
    next: `hive need ${shellArgument(name)} "<what you need>"`,
  };
}

/** The last weeks, also those in which nothing happened, so that a chart has them all. */
function withEmptyWeeks(weeks: readonly Week[], now: Instant): Week[] {
  const known = new Map(weeks.map((week) => [week.week, week]));
  return lastWeeks(WEEKS, now).map(
    (week) => known.get(week) ?? { week, made: 0, completed: 0, accept_seconds_p50: null },
  );
}
