import { profilePath, RETIRED_PATH } from "../hub/layout.ts";
import { isImported } from "../messages/announcement.ts";
import type { SessionId, Topic } from "../values/ids.ts";
import { BOT } from "../values/session-id.ts";
import { isTopic } from "../values/topic.ts";
import type { HubFault, HubFiles } from "./hub-files.ts";

/**
 * Finds references to unregistered sessions and to missing requests and messages. Imported records may refer to
 * missing ones.
 */
export function knownReferences(files: HubFiles): HubFault[] {
  return [...sessionReferences(files), ...requestReferences(files), ...messageReferences(files)];
}

function sessionReferences(files: HubFiles): HubFault[] {
  const { heartbeats, messages, collaborations, archived, claims, paths } = files;
  const retired = new Set<string>(files.retired.flatMap(({ value }) => Object.keys(value.sessions)));
  const isRetired = (id: string) => retired.has(id) || files.unread.has(RETIRED_PATH);
  /** Claims and heartbeats are only of registered sessions; the history is also of retired ones. */
  const missingNow = (path: string, key: PropertyKey[], id: SessionId | Topic | "all" | null): HubFault[] =>
    id === null || id === "all" || isTopic(id) || id === BOT || paths.has(profilePath(id))
      ? []
      : [
          {
            path,
            rule: "reference",
            message: `${key.join(".")} is ${id}; expected a session with a profile`,
            key,
          },
        ];
  const missing: typeof missingNow = (path, key, id) =>
    id !== null && isRetired(id) ? [] : missingNow(path, key, id);
  return [
    ...heartbeats.flatMap(({ path, value }) => missingNow(path, ["session_id"], value.session_id)),
    ...claims.flatMap(({ path, value }) => missingNow(path, ["session"], value.session)),
    ...messages
      .filter(({ value }) => !isImported(value))
      .flatMap(({ path, value }) => [
        ...(value.person === true ? [] : missing(path, ["from"], value.from)),
        ...missing(path, ["to"], value.to),
      ]),
    ...[...collaborations, ...archived]
      .filter(({ value }) => !isImported(value))
      .flatMap(({ path, value: { from_session, to_session, history } }) => [
        ...missing(path, ["from_session"], from_session),
        ...missing(path, ["to_session"], to_session),
        ...history.flatMap(({ session }, index) => missing(path, ["history", index, "session"], session)),
      ]),
  ];
}

function requestReferences({ messages, paths }: HubFiles): HubFault[] {
  const known = idsIn(paths, "/COLLABORATIONS/", ".json");
  return messages
    .filter(
      ({ value }) => value.request_id !== undefined && !known.has(value.request_id) && !isImported(value),
    )
    .map(({ path, value }) => ({
      path,
      rule: "reference",
      message: `request_id is ${value.request_id}; expected a request in ACTIVE/ or ARCHIVE/`,
      key: ["request_id"],
    }));
}

function messageReferences({ messages, paths }: HubFiles): HubFault[] {
  const known = idsIn(paths, "/MESSAGES/", ".md");
  return messages.flatMap(({ path, value }) =>
    (["reply_to", "thread"] as const).flatMap((key): HubFault[] => {
      const id = value[key];
      if (id === undefined || known.has(id) || isImported(value)) return [];
      return [
        { path, rule: "reference", message: `${key} is ${id}; expected a message in MESSAGES/`, key: [key] },
      ];
    }),
  );
}

/** The names of the files in a folder and below it, without their extension. */
function idsIn(paths: Iterable<string>, folder: string, extension: string): Set<string> {
  const found = [...paths].filter((path) => path.includes(folder) && path.endsWith(extension));
  return new Set(found.map((path) => path.slice(path.lastIndexOf("/") + 1, -extension.length)));
}

/** Finds ids that are used twice: a request is either active or archived, and a message is on one day. */
export function uniqueIds({ collaborations, archived, messages }: HubFiles): HubFault[] {
  const first = new Map<string, string>();
  return [...collaborations, ...archived, ...messages].flatMap(({ path }) => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const other = first.get(name);
    if (other === undefined) first.set(name, path);
    return other === undefined
      ? []
      : [{ path, rule: "duplicate", message: `${other} has the same id; expected one file for each id` }];
  });
}
