import { Heartbeat, type Profile } from "../../domain/sessions/session.ts";
import { renameMisfits } from "./misfits.ts";
import { groupById, type SessionContext } from "./profiles.ts";
import type { ObjectFields } from "./read-object.ts";
import type { SessionSource } from "./session-sources.ts";
import { readTime } from "./times.ts";
import {
  asStatus,
  asTags,
  asText,
  keepRest,
  keepSmall,
  MAX_FILE_BYTES,
  MAX_SHORT_TEXT,
  MAX_VALUE_DEPTH,
  type Note,
  shorten,
} from "./values.ts";

const OWN = ["session_id", "name", "status", "last_heartbeat", "capabilities_offered", "current_work"];
const TIMES = ["last_heartbeat", "timestamp"];

/**
 * The newest heartbeat of each session: its heartbeat file, else `last_heartbeat` in its session file. A heartbeat
 * without a usable time is not imported, because it could make a session look alive; a note records it.
 */
export function buildHeartbeats(
  sources: readonly SessionSource[],
  profiles: readonly Profile[],
  context: SessionContext,
): Heartbeat[] {
  const known = new Map(profiles.map((profile) => [profile.id, profile]));
  return [...groupById(sources)].flatMap(([name, group]) => {
    const profile = known.get(context.names.idOf(name));
    const source = newestBeat(group, context);
    return profile && source ? [buildHeartbeat(source, profile, context)] : [];
  });
}

function newestBeat(group: readonly SessionSource[], context: SessionContext): SessionSource | undefined {
  const files = group.filter(({ kind }) => kind === "heartbeat");
  const [newest, ...older] = files.filter(({ beat }) => beat !== undefined).sort(latestFirst);
  for (const { file } of files.filter(({ beat }) => beat === undefined))
    context.note(file, "a heartbeat without a usable time: only its fields of the session were imported");
  for (const { file } of older) context.note(file, `older than ${newest?.file.path} of the same session`);
  return newest ?? group.filter(({ kind, beat }) => kind === "session" && beat).sort(latestFirst)[0];
}

function latestFirst(a: SessionSource, b: SessionSource): number {
  if (a.beat !== b.beat) return (a.beat ?? "") < (b.beat ?? "") ? 1 : -1;
  return a.file.path < b.file.path ? -1 : 1;
}

function buildHeartbeat(source: SessionSource, profile: Profile, context: SessionContext): Heartbeat {
  const { file, known } = source;
  const note = (reason: string) => context.note(file, reason);
  const text = (key: string) => shorten(asText(known[key]) ?? "", MAX_SHORT_TEXT, key, note);
  const status = asText(known.status);
  const own: Heartbeat = {
    session_id: profile.id,
    name: text("name") || profile.name,
    status: status === undefined ? profile.status : asStatus(status),
    last_heartbeat: source.beat ?? context.newest,
    capabilities_offered:
      asTags(known.capabilities_offered, "capabilities_offered", note) ?? profile.capabilities_offered,
    current_work: text("current_work") || profile.current_work,
  };
  const rest = source.kind === "heartbeat" ? restOf(source, own, note) : {};
  return { ...own, ...keepSmall(own, renameMisfits(Heartbeat, own, rest), MAX_FILE_BYTES, note) };
}

/** The heartbeat's unknown keys, and its original values if the hub's differ. */
function restOf({ id, keys, known, fields }: SessionSource, own: Heartbeat, note: Note): ObjectFields {
  const used = [
    ...OWN.map((name) => keys[name]),
    ...["session_id", "id"].filter((key) => asText(fields[key]) === id),
    ...TIMES.filter((key) => readTime(fields[key]) === own.last_heartbeat),
  ];
  return {
    ...keepRest(fields, { used, reserved: [...OWN, ...TIMES], depth: MAX_VALUE_DEPTH }, note),
    ...(id === own.session_id ? {} : { seed_id: id }),
    ...(known.status === undefined || known.status === own.status ? {} : { seed_status: known.status }),
  };
}
