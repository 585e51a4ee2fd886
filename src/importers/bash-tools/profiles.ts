import { isState, Profile } from "../../domain/sessions/session.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { inOrderOf } from "../../domain/values/order.ts";
import { renameMisfits } from "./misfits.ts";
import type { Names } from "./names.ts";
import type { ObjectFields } from "./read-object.ts";
import type { SeedFile } from "./seed-file.ts";
import type { SessionSource, SourceKind } from "./session-sources.ts";
import { newestOf, oldestOf, readTime } from "./times.ts";
import { asStatus, asTags, asText, keepSmall, MAX_FILE_BYTES, MAX_SHORT_TEXT, shorten } from "./values.ts";

/** Facts about the whole directory, for building each session. */
export interface SessionContext {
  readonly names: Names;
  /** The newest time in the directory. */
  readonly newest: Instant;
  note(file: SeedFile, reason: string): void;
}

/** Order of sources with the same time: the source closer to the session counts more. */
const SOURCE_RANK: Readonly<Record<SourceKind, number>> = { heartbeat: 0, session: 1, registry: 2 };

/**
 * Builds one profile for each session, field by field: the newest source wins, and different values of other sources
 * go into `seed_conflicts` under the source's path. From a heartbeat only the fields of a profile count; its other
 * keys stay in the heartbeat.
 */
export function buildProfiles(sources: readonly SessionSource[], context: SessionContext): Profile[] {
  return [...groupById(sources)].map(([id, group]) => buildProfile(id, group, context));
}

/** The sources of each session, by name, newest first. */
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
  return SOURCE_RANK[a.kind] - SOURCE_RANK[b.kind] || (a.file.path < b.file.path ? -1 : 1);
}

function buildProfile(name: string, group: readonly SessionSource[], context: SessionContext): Profile {
  const { winners, conflicts } = merge(group);
  const value = (key: string) => winners.get(key)?.value;
  const noteOn = (key: string) => (reason: string) => {
    const file = winners.get(key)?.source.file;
    if (file) context.note(file, reason);
  };
  const text = (key: string) => shorten(asText(value(key)) ?? "", MAX_SHORT_TEXT, key, noteOn(key));
  const tags = (key: string) => asTags(value(key), key, noteOn(key)) ?? [];
  const written = group.map(({ at }) => at).filter((at) => at !== undefined);
  const newest = newestOf(written);
  const oldest = oldestOf(group.flatMap(({ times }) => times)) ?? oldestOf(written);
  const own: Profile = {
    id: context.names.idOf(name),
    name: text("name") || shorten(name, MAX_SHORT_TEXT, "the name", () => {}),
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
    ...originalValues(name, own, value),
    ...(newest === undefined ? { seed_time: "unknown" } : {}),
    ...(conflicts.size > 0 ? { seed_conflicts: Object.fromEntries(conflicts) } : {}),
  };
  const note = (reason: string) => group.map(({ file }) => context.note(file, reason));
  return { ...own, ...keepSmall(own, renameMisfits(Profile, own, rest), MAX_FILE_BYTES, note) };
}

/** The newest value of each field, and the different values of each other source. */
function merge(group: readonly SessionSource[]) {
  const winners = new Map<string, { value: unknown; source: SessionSource }>();
  const conflicts = new Map<string, ObjectFields>();
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

/** The original values for which the hub's format has no field. */
function originalValues(name: string, own: Profile, value: (key: string) => unknown): ObjectFields {
  const status = asText(value("status"));
  const updated = value("updated_at");
  return {
    ...(name === own.id ? {} : { seed_id: name }),
    ...(status === undefined || (status === own.status && isState(status)) ? {} : { seed_status: status }),
    ...(updated === undefined || readTime(updated) === own.updated_at ? {} : { seed_updated_at: updated }),
  };
}
