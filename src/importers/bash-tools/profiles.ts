import { Profile } from "../../domain/sessions/session.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { inOrderOf } from "../../domain/values/order.ts";
import { renameMisfits } from "./misfits.ts";
import type { Names } from "./names.ts";
import type { Fields } from "./read-object.ts";
import type { SeedFile } from "./seed-file.ts";
import type { SessionSource, SourceKind } from "./session-sources.ts";
import { newestOf, oldestOf, readTime } from "./times.ts";
import { asStatus, asTags, asText, FILE_LIMIT, keepSmall, SHORT_LIMIT, shorten } from "./values.ts";

/** What every session needs to know of the whole directory. */
export interface SessionContext {
  readonly names: Names;
  /** The newest time that anything in the directory has. */
  readonly newest: Instant;
  note(file: SeedFile, reason: string): void;
}

/** Between sources of one time: the nearer to the session itself, the more it counts. */
const NEARNESS: Readonly<Record<SourceKind, number>> = { heartbeat: 0, session: 1, registry: 2 };

/**
 * One profile a session from all that the directory says of it, field by field: the newest source wins, and what
 * another one says differently stands in `seed_conflicts` under that source's path. A heartbeat counts for the
 * fields of a profile; its other keys stay on the heartbeat.
 */
export function buildProfiles(sources: readonly SessionSource[], context: SessionContext): Profile[] {
  return [...groupById(sources)].map(([id, group]) => buildProfile(id, group, context));
}

/** The sources of each session by its name, newest first. */
export function groupById(sources: readonly SessionSource[]): Map<string, SessionSource[]> {
  const groups = new Map<string, SessionSource[]>();
  for (const source of [...sources].sort(newestFirst)) {
    const group = groups.get(source.id);
    if (group) group.push(source);
    else groups.set(source.id, [source]);
  }
  return new Map([...groups].sort(inOrderOf(([name]) => name)));
}

function newestFirst(a: SessionSource, b: SessionSource): number {
  if (a.at !== b.at) return (a.at ?? "") < (b.at ?? "") ? 1 : -1;
  return NEARNESS[a.kind] - NEARNESS[b.kind] || (a.file.path < b.file.path ? -1 : 1);
}

function buildProfile(name: string, group: readonly SessionSource[], context: SessionContext): Profile {
  const { winners, conflicts } = merge(group);
  const value = (key: string) => winners.get(key)?.value;
  const noteOn = (key: string) => (reason: string) => {
    const file = winners.get(key)?.source.file;
    if (file) context.note(file, reason);
  };
  const text = (key: string) => shorten(asText(value(key)) ?? "", SHORT_LIMIT, key, noteOn(key));
  const tags = (key: string) => asTags(value(key), key, noteOn(key)) ?? [];
  const written = group.map(({ at }) => at).filter((at) => at !== undefined);
  const newest = newestOf(written);
  const oldest = oldestOf(group.flatMap(({ times }) => times)) ?? oldestOf(written);
  const own: Profile = {
    id: context.names.idOf(name),
    name: text("name") || shorten(name, SHORT_LIMIT, "the name", () => {}),
    role: text("role"),
    status: asStatus(asText(value("status"))),
    specialization: tags("specialization"),
    capabilities_offered: tags("capabilities_offered"),
    current_work: text("current_work") || text("last_work"),
    registered_at: readTime(value("registered_at")) ?? oldest ?? context.newest,
    updated_at: newest ?? context.newest,
  };
  const unknown = [...winners].filter(([key]) => !Object.hasOwn(own, key));
  const rest = {
    ...Object.fromEntries(unknown.map(([key, winner]) => [key, winner.value])),
    ...whatWasWritten(name, own, value),
    ...(newest === undefined ? { seed_time: "unknown" } : {}),
    ...(conflicts.size > 0 ? { seed_conflicts: Object.fromEntries(conflicts) } : {}),
  };
  const note = (reason: string) => group.map(({ file }) => context.note(file, reason));
  return { ...own, ...keepSmall(own, renameMisfits(Profile, own, rest), FILE_LIMIT, note) };
}

/** Field by field the newest source's value, and per source what it says differently. */
function merge(group: readonly SessionSource[]) {
  const winners = new Map<string, { value: unknown; source: SessionSource }>();
  const conflicts = new Map<string, Fields>();
  for (const source of group) {
    const { file, kind, known, rest } = source;
    for (const [key, value] of Object.entries(kind === "heartbeat" ? known : { ...rest, ...known })) {
      const winner = winners.get(key);
      if (!winner) winners.set(key, { value, source });
      else if (JSON.stringify(winner.value) !== JSON.stringify(value))
        conflicts.set(file.path, { ...conflicts.get(file.path), [key]: value });
    }
  }
  return { winners, conflicts };
}

/** What the old files said in words that the hub's format has no place for. */
function whatWasWritten(name: string, own: Profile, value: (key: string) => unknown): Fields {
  const status = asText(value("status"));
  const updated = value("updated_at");
  return {
    ...(name === own.id ? {} : { seed_id: name }),
    ...(status === undefined || status === own.status ? {} : { seed_status: status }),
    ...(updated === undefined || readTime(updated) === own.updated_at ? {} : { seed_updated_at: updated }),
  };
}
