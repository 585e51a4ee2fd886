import { askFor } from "../../domain/claims/refusals.ts";
import type { ClaimNode } from "../../domain/dashboard/claim-tree.ts";
import type { Dashboard } from "../../domain/dashboard/dashboard.ts";
import type { Presence } from "../../domain/sessions/presence.ts";
import { count } from "../../domain/values/count.ts";
import type { ClaimKey, SessionId } from "../../domain/values/ids.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { presenceCell, urgencyCell } from "../render/styles.ts";
import { type Cell, type Column, textOf } from "../render/table.ts";
import type { Times } from "../render/times.ts";

/** One thing that a section lists. */
export interface Row {
  /** What it is known by when the state changes. */
  readonly key: string;
  readonly cells: readonly Cell[];
  /** All that is known of it, as in the document of `--json`. */
  readonly fields: object;
  /** The command that helps. */
  readonly next: string;
}

export interface Section {
  readonly title: string;
  /** What is said where it has no rows. */
  readonly none: string;
  /** Whether its rows call for somebody. */
  readonly isUrgent: boolean;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

const OPEN = ["pending", "accepted", "in_progress"];

/** What a person looks at, the most important first. */
export function sectionsOf(state: Dashboard, times: Times): readonly Section[] {
  return [
    waits(state, times),
    silent(state, times),
    overlaps(state),
    sessions(state, times),
    requests(state, times),
    claims(state, times),
    events(state, times),
  ];
}

/** The rows that have a text in them, whatever its case. */
export function filtered({ rows }: Section, filter: string): readonly Row[] {
  const wanted = filter.toLowerCase();
  if (wanted === "") return rows;
  return rows.filter((row) => textIn(row).toLowerCase().includes(wanted));
}

function textIn({ cells, fields }: Row): string {
  return `${cells.map(textOf).join(" ")} ${JSON.stringify(Object.values(fields))}`;
}

function waits({ unanswered }: Dashboard, times: Times): Section {
  return {
    title: "Waits for a person",
    none: "nothing",
    isUrgent: true,
    columns: [
      { head: "WAITS", giveWay: 0 },
      { head: "SINCE", giveWay: 2 },
      { head: "URGENCY", giveWay: 5 },
      { head: "FOR", giveWay: 4 },
      { head: "ASKED", giveWay: 1, isText: true },
      { head: "WHY", giveWay: 3, isText: true },
    ],
    rows: unanswered
      .filter(({ stuck }) => stuck !== null)
      .map((row) => ({
        key: row.id,
        cells: [row.from, times.age(row.since), urgency(row), row.to, row.text || row.id, row.stuck ?? ""],
        fields: row,
        next: row.next,
      })),
  };
}

function silent({ silent: holders }: Dashboard, times: Times): Section {
  return {
    title: "Silent, and holds something",
    none: "nobody",
    isUrgent: true,
    columns: [
      { head: "SESSION", giveWay: 0 },
      { head: "SILENT FOR", giveWay: 1 },
      { head: "HOLDS", giveWay: 2, isText: true },
      { head: "WORK", giveWay: 3, isText: true },
    ],
    rows: holders.map((row) => ({
      key: row.id,
      cells: [
        presenceCell(row.presence, row.id),
        since(row.last_heartbeat, times),
        [...row.requests.map(({ id }) => id), ...row.claims.map(({ key }) => key)].join(", "),
        row.work,
      ],
      fields: row,
      next: row.next,
    })),
  };
}

function overlaps({ overlaps: pairs }: Dashboard): Section {
  return {
    title: "Overlapping claims",
    none: "none",
    isUrgent: true,
    columns: [
      { head: "CLAIM", giveWay: 0, isText: true },
      { head: "OVERLAPS", giveWay: 0, isText: true },
    ],
    rows: pairs.map((row) => ({
      key: row.claims.map(({ key, session }) => `${key} ${session}`).join(" "),
      cells: row.claims.map(({ target, session }) => `${target} of ${session}`),
      fields: row,
      next: row.next,
    })),
  };
}

function sessions({ sessions: all }: Dashboard, times: Times): Section {
  return {
    title: "Sessions",
    none: "none is registered",
    isUrgent: false,
    columns: [
      { head: "SESSION", giveWay: 0 },
      { head: "PRESENCE", giveWay: 1 },
      { head: "SINCE", giveWay: 2 },
      { head: "WORK", giveWay: 3, isText: true },
      { head: "HOLDS", giveWay: 4 },
    ],
    rows: all
      .filter(({ unused }) => !unused)
      .map((row) => ({
        key: row.id,
        cells: [
          row.id,
          presenceCell(row.presence, inWords(row)),
          since(row.last_heartbeat, times),
          [row.away, row.work].filter(Boolean).join(": "),
          holds(row.holds),
        ],
        fields: row,
        next: `hive request ${row.id} "<what you need>"`,
      })),
  };
}

/** As the page says it. */
function inWords({ presence, working }: Dashboard["sessions"][number]): string {
  if (presence === "alive" && working) return "working";
  return presence === "stale" ? "silent" : presence;
}

function holds({ claims, requests }: Dashboard["sessions"][number]["holds"]): string {
  const held = [
    ...(claims > 0 ? [count(claims, "claim")] : []),
    ...(requests > 0 ? [count(requests, "request")] : []),
  ];
  return held.join(", ");
}

function requests({ requests: all }: Dashboard, times: Times): Section {
  return {
    title: "Open requests",
    none: "none",
    isUrgent: false,
    columns: [
      { head: "FROM", giveWay: 1 },
      { head: "TO", giveWay: 0 },
      { head: "SINCE", giveWay: 3 },
      { head: "STATE", giveWay: 4 },
      { head: "URGENCY", giveWay: 5 },
      { head: "ASKED", giveWay: 2, isText: true },
      { head: "LIMIT", giveWay: 6, isText: true },
    ],
    rows: all
      .filter(({ status }) => OPEN.includes(status))
      .map((row) => ({
        key: row.id,
        cells: [
          row.from,
          row.to,
          times.age(row.since),
          row.status.replaceAll("_", " "),
          urgency(row),
          row.text || row.id,
          row.limit ?? "",
        ],
        fields: row,
        next: row.next,
      })),
  };
}

interface Held {
  readonly key: ClaimKey;
  readonly session: SessionId;
  readonly presence: Presence;
  readonly targets: readonly string[];
  readonly until: Instant;
  readonly note: string | null;
}

function claims({ claims: { keys, projects } }: Dashboard, times: Times): Section {
  const held = new Map<string, Held>();
  const note = (node: ClaimNode, path: string, project: string) => {
    for (const { key, ...holder } of node.holders) {
      const id = `${key} ${holder.session}`;
      const target = project === "" ? path : `${path} in ${project}`;
      held.set(id, { key, ...holder, targets: [...(held.get(id)?.targets ?? []), target] });
    }
    for (const child of node.children) note(child, `${path}/${child.name}`, project);
  };
  for (const node of keys) note(node, node.name, "");
  for (const { name, children } of projects) for (const child of children) note(child, child.name, name);
  return {
    title: "Claims",
    none: "nothing is claimed",
    isUrgent: false,
    columns: [
      { head: "CLAIMED", giveWay: 0, isText: true },
      { head: "HOLDER", giveWay: 1 },
      { head: "LEFT", giveWay: 2 },
      { head: "NOTE", giveWay: 3, isText: true },
    ],
    rows: [...held]
      .sort(([, a], [, b]) => Date.parse(a.until) - Date.parse(b.until))
      .map(([id, row]) => ({
        key: id,
        cells: [
          row.targets.join(", "),
          presenceCell(row.presence, row.session),
          times.left(row.until),
          row.note ?? "",
        ],
        fields: row,
        next: askFor(row.session, row.targets[0] ?? row.key),
      })),
  };
}

function events({ events: all }: Dashboard, times: Times): Section {
  return {
    title: "What happened",
    none: "nothing yet",
    isUrgent: false,
    columns: [
      { head: "TIME", giveWay: 1 },
      { head: "OPERATION", giveWay: 0, isText: true },
    ],
    rows: all.map((row) => ({
      key: row.commit,
      cells: [{ text: times.isTerminal ? times.local(row.at) : row.at, style: "dim" }, row.text],
      fields: row,
      next: `hive dashboard --at ${row.commit.slice(0, 12)}`,
    })),
  };
}

function urgency({ urgency: value }: { readonly urgency: Dashboard["requests"][number]["urgency"] }): Cell {
  return value === "normal" ? "" : urgencyCell(value);
}

function since(instant: Instant | null, times: Times): string {
  return instant === null ? "never" : times.age(instant);
}
