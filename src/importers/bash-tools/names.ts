import { SessionId } from "../../domain/values/ids.ts";
import { isSessionId } from "../../domain/values/session-id.ts";
import { hashOf } from "./hash.ts";

const MAX_ID_LENGTH = 64;

/** The session ids for the names that the old tools used. */
export interface Names {
  /** The session's id: the name itself if it is a valid id, else an id derived from it, always the same. */
  idOf(name: string): SessionId;
  isKnown(name: string): boolean;
}

/**
 * Gives every name an id. Two different names never share an id: if they would, each name that is not an id itself
 * gets a part of its hash at the end. The result does not depend on the order of the names.
 */
export function assignIds(names: Iterable<string>): Names {
  const known = new Set(names);
  const claims = new Map<string, number>();
  for (const name of known) claims.set(slug(name), (claims.get(slug(name)) ?? 0) + 1);
  const taken = new Set(claims.keys());
  const ids = new Map<string, SessionId>();
  for (const name of [...known].sort()) {
    const wanted = slug(name);
    const isShared = wanted !== name && (claims.get(wanted) ?? 0) > 1;
    const id = isShared ? withHash(wanted, name, taken) : SessionId.parse(wanted);
    ids.set(name, id);
    taken.add(id);
  }
  return {
    idOf: (name) => ids.get(name) ?? withHash(slug(name), name, taken),
    isKnown: (name) => known.has(name),
  };
}

/**
 * A valid id derived from a name: `Session 3 (Multi-Instance Organizer)` becomes
 * `session-3-multi-instance-organizer`.
 */
function slug(name: string): string {
  if (isSessionId(name)) return name;
  const plain = name.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  const words = plain.replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "");
  if (words === "") return `session-${hashOf(name).slice(0, 8)}`;
  const id = words.length > MAX_ID_LENGTH || isSessionId(words) ? words : `session-${words}`;
  return id.length > MAX_ID_LENGTH ? cutWithHash(id, hashOf(name).slice(0, 8)) : id;
}

function withHash(id: string, name: string, taken: ReadonlySet<string>): SessionId {
  const hash = hashOf(name);
  const ids = [6, 12, 24].map((length) => cutWithHash(id, hash.slice(0, length)));
  return SessionId.parse(
    ids.find((candidate) => !taken.has(candidate)) ?? cutWithHash(id, hash.slice(0, 32)),
  );
}

function cutWithHash(id: string, hash: string): string {
  return `${id.slice(0, MAX_ID_LENGTH - 1 - hash.length).replace(/-$/, "")}-${hash}`;
}
