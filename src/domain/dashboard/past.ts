import type { LogEntry } from "../log.ts";
import { SOURCES } from "../parts.ts";
import type { Snapshot } from "../snapshot.ts";
import { findZone, utc } from "../time/zone.ts";
import type { Instant } from "../values/instant.ts";
import { DASHBOARD_PARTS, type Dashboard, dashboard, MAX_EVENTS } from "./dashboard.ts";

/** Back to so many commits the page can go. */
export const MAX_STEPS = 2000;

/** The values of files by their path below the hub's folder. A file that cannot be read has null. */
type Files = Readonly<Record<string, unknown>>;

/** What became of a file: its new value, or the keys that are new in it and those that it lost. A lone path was removed. */
type FileStep =
  | readonly [path: string]
  | readonly [path: string, value: unknown]
  | readonly [path: string, set: Fields, lost: readonly string[]];

type Fields = Readonly<Record<string, unknown>>;

/** One commit: the operations that it landed, and what became of the files. */
interface Step {
  readonly commit: string;
  readonly entries: readonly LogEntry[];
  readonly files: readonly FileStep[];
}

/** The state of a hub at a commit, and all that is needed to say what it was after each of the commits since. */
export interface Past {
  readonly hub: string;
  readonly zone: string;
  readonly base: {
    readonly commit: string;
    readonly at: Instant;
    readonly files: Files;
    /** The log up to this commit, newest first: the last entries, and all refusals. */
    readonly entries: readonly LogEntry[];
    readonly refusals: readonly LogEntry[];
    /** Whether the history was known from its beginning. */
    readonly isWhole: boolean;
  };
  /** Oldest first. */
  readonly steps: readonly Step[];
}

/** A past as a page has it: JSON, by gzip, in Base64. */
export interface PackedPast {
  readonly steps: number;
  readonly packed: string;
}

/** A commit with the values of the files that it changed: null where a file cannot be read, undefined where it is gone. */
export interface CommitFiles extends Omit<Step, "files"> {
  readonly files: readonly (readonly [path: string, value: unknown])[];
}

/** The steps from the files at the base on. A file that changed a little takes little room. */
export function stepsFrom(files: Files, commits: readonly CommitFiles[]): Step[] {
  const known = new Map(Object.entries(files));
  return commits.map(({ files: changed, ...commit }) => ({
    ...commit,
    files: changed.map(([path, value]): FileStep => {
      const before = known.get(path);
      if (value === undefined) known.delete(path);
      else known.set(path, value);
      return value === undefined ? [path] : stepOf(path, before, value);
    }),
  }));
}

function stepOf(path: string, before: unknown, value: unknown): FileStep {
  if (!isFields(before) || !isFields(value)) return [path, value];
  const set = Object.entries(value).filter(
    ([key, each]) => JSON.stringify(each) !== JSON.stringify(before[key]),
  );
  const lost = Object.keys(before).filter((key) => !(key in value));
  return [path, Object.fromEntries(set), lost];
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The dashboard as it was after so many of the steps, at the instant of the last of them: the same as one that was made
 * then by a host that saw the same commits.
 */
export function dashboardOf({ hub, zone, base, steps }: Past, count: number, at?: Instant): Dashboard {
  const done = steps.slice(0, count);
  const files = new Map(Object.entries(base.files));
  for (const step of done) for (const file of step.files) apply(files, file);
  const newest = done.flatMap(({ entries }) => entries).reverse();
  const last = done.at(-1);
  return dashboard(
    {
      state: stateOf(files),
      entries: [...newest.slice(0, MAX_EVENTS), ...base.entries].slice(0, MAX_EVENTS),
      refusals: {
        entries: [...newest.filter(({ kind }) => kind === "refusal"), ...base.refusals],
        isWhole: base.isWhole,
      },
      source: {
        hub,
        commit: last?.commit ?? base.commit,
        outdated: null,
        seen_at: null,
        unreadable: [...files.values()].filter((value) => value === null).length,
      },
    },
    findZone(zone) ?? utc(),
    at ?? instantOf(last) ?? base.at,
  );
}

/** When a commit's operations were made; undefined without a commit. */
export function instantOf(step: Pick<Step, "entries"> | undefined): Instant | undefined {
  return step?.entries[0]?.at;
}

function apply(files: Map<string, unknown>, [path, ...how]: FileStep): void {
  const [value, lost] = how;
  if (how.length === 0) files.delete(path);
  else if (lost === undefined) files.set(path, value);
  else {
    const before = Object.entries(files.get(path) as Fields).filter(([key]) => !lost.includes(key));
    files.set(path, { ...Object.fromEntries(before), ...(value as Fields) });
  }
}

type Part = (typeof DASHBOARD_PARTS)[number];

function stateOf(files: ReadonlyMap<string, unknown>): Pick<Snapshot, Part> {
  const paths = [...files.keys()].sort().reverse();
  const parts = DASHBOARD_PARTS.map((part) => {
    const { newest, collect } = SOURCES[part];
    const own = paths.filter((path) => isIn(part, path)).slice(0, newest);
    return [part, collect(own.map((path) => files.get(path)).filter((value) => value !== null))];
  });
  return Object.fromEntries(parts);
}

/** The part of the dashboard to which a file below the hub's folder belongs; undefined where it belongs to none. */
export function partOf(path: string): Part | undefined {
  return DASHBOARD_PARTS.find((part) => isIn(part, path));
}

function isIn(part: Part, path: string): boolean {
  const { path: place, depth, extension } = SOURCES[part];
  if (depth === 0) return path === place;
  return (
    path.startsWith(`${place}/`) &&
    path.endsWith(extension) &&
    path.slice(place.length).split("/").length - 1 === depth
  );
}
