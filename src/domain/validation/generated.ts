import { BOARD_PATH, profilePath, REGISTRY_PATH } from "../hub/layout.ts";
import { expectedBoard } from "../messages/board.ts";
import { indexProfiles } from "../sessions/registry.ts";
import type { Registry } from "../sessions/session.ts";
import type { SessionId } from "../values/ids.ts";
import { type HubFault, type HubFiles, kindOf } from "./hub-files.ts";

/** Compares the registry with the profiles. Entries of unreadable profiles are not compared. */
export function registryFromProfiles({ registry, sessions, unread, paths }: HubFiles): HubFault[] {
  const [held] = registry;
  if (!held)
    return paths.has(REGISTRY_PATH) || sessions.length === 0 ? [] : [missing(REGISTRY_PATH, "SESSIONS/")];
  const expected = indexProfiles(
    sessions.map(({ value }) => value),
    held.value,
  );
  const isWhole = sessions.length === [...paths].filter((path) => kindOf(path) === "sessions").length;
  const ids = [...new Set([...Object.keys(expected.sessions), ...Object.keys(held.value.sessions)])];
  return [
    ...(isWhole ? compareDate(held.value, expected) : []),
    ...ids
      .filter((id) => !unread.has(profilePath(id as SessionId)))
      .flatMap((id) => compareEntry(held.value, expected, id)),
  ];
}

function compareDate({ last_updated: is }: Registry, { last_updated: should }: Registry): HubFault[] {
  if (is === should) return [];
  const message = `last_updated is ${is}; expected ${should}, when a profile last changed`;
  return [{ path: REGISTRY_PATH, rule: "registry", message, key: ["last_updated"] }];
}

function compareEntry(found: Registry, expected: Registry, id: string): HubFault[] {
  const fault = (message: string, ...key: string[]) => ({
    path: REGISTRY_PATH,
    rule: "registry",
    message,
    key: ["sessions", ...key],
  });
  const [has, wants] = [entryOf(found, id), entryOf(expected, id)];
  if (!has) return [fault(`${id} is not listed; expected the entry from SESSIONS/${id}.json`)];
  if (!wants) return [fault(`${id} is listed; expected only sessions with a profile`, id)];
  return Object.entries({ ...has, ...wants }).flatMap(([key]) => {
    const [is, should] = [has[key], wants[key]].map((value) => JSON.stringify(value));
    if (is === should) return [];
    return [fault(`${id}: ${key} is ${is}; expected ${should}, as in its profile`, id, key)];
  });
}

function entryOf({ sessions }: Registry, id: string): Record<string, unknown> | undefined {
  return Object.hasOwn(sessions, id) ? sessions[id] : undefined;
}

/**
 * Compares the board with the newest messages. If a message is unreadable, the board is not compared, because the
 * newest messages are unknown.
 */
export function boardFromMessages({ board, messages, unread, paths }: HubFiles): HubFault[] {
  if ([...unread].some((path) => path.includes("/MESSAGES/"))) return [];
  const [held] = board;
  if (!held) return paths.has(BOARD_PATH) || messages.length === 0 ? [] : [missing(BOARD_PATH, "MESSAGES/")];
  const expected = expectedBoard(
    held.value,
    messages.map(({ value }) => value),
  );
  if (held.value === expected) return [];
  const offset = firstDifference(held.value, expected);
  const line = expected.slice(expected.lastIndexOf("\n", offset - 1) + 1).split("\n", 1)[0];
  const message = `differs from what MESSAGES/ generates; expected ${JSON.stringify(line)} here`;
  return [{ path: BOARD_PATH, rule: "board", message, offset }];
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

function missing(path: string, source: string): HubFault {
  return {
    path,
    rule: "missing",
    message: `the file is missing; the next write generates it from ${source}`,
  };
}
