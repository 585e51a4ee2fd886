import type { Hive } from "../../app/hive/hive.ts";
import { FOLDER, locationOf } from "../../domain/hub/layout.ts";
import type { LogEntry, LogFilter } from "../../domain/log.ts";
import { OPERATIONS } from "../../domain/operations.ts";
import { requestsNamed } from "../../domain/requests/find.ts";
import { ambiguousRequest, unknownRequest } from "../../domain/requests/refusals.ts";
import { unknownSession } from "../../domain/sessions/refusals.ts";
import { retiredSession } from "../../domain/sessions/retired.ts";
import { nearNames } from "../../domain/values/near.ts";
import { BOT } from "../../domain/values/session-id.ts";
import { RefusedError, wrongCall } from "../../errors.ts";
import type { Options } from "../command.ts";
import { failureOf, optionText } from "../submit.ts";

/** The options that filter `log` and `watch`. */
export const FILTER_OPTIONS = [
  ["--session <session>", "only operations of this session"],
  ["--request <request>", "only operations on this request, by its id or a unique start or end of it"],
  ["--kind <kind>", "only operations of these kinds, such as request or accept,decline"],
] as const;

/** The kinds in a log: those of operations, recorded refusals, and commits that no operation made. */
const KINDS: readonly string[] = [...Object.keys(OPERATIONS), "refusal", "commit"];

/** The kinds that a text lists, separated by commas. Throws HiveError where no operation has one of them. */
function kindsOf(text: string | undefined): string[] | undefined {
  const kinds = text?.split(",").map((word) => word.trim());
  const unknown = kinds?.find((kind) => !KINDS.includes(kind));
  if (unknown === undefined) return kinds;
  const near = unknown === "" ? [] : nearNames(unknown, KINDS);
  throw wrongCall(
    `${JSON.stringify(unknown)} is not a kind of operation.`,
    near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `The kinds are: ${KINDS.join(", ")}`,
  );
}

/**
 * Throws RefusedError where a filter names a session or a request that is not, and was not, in this hub: nothing would be
 * shown. `entries` are those of the request, else of the whole hub.
 */
export async function refuseUnknownNames(
  hive: Hive,
  { session }: LogFilter,
  request: string | undefined,
  entries: () => Promise<readonly LogEntry[]>,
): Promise<void> {
  if (request !== undefined && request !== EVERY_REQUEST && (await entries()).length === 0)
    throw new RefusedError({
      ...unknownRequest(request),
      message: `No request ${request} is in this hub.`,
      hint: "See the requests: hive log --request collab-",
    });
  if (session === undefined || session === BOT) return;
  const { sessions, retired } = (await hive.recall(["sessions", "retired"])).state;
  const isKnown = [...sessions.keys()].some((id) => id === session);
  if (isKnown || retiredSession(retired, session) !== undefined) return;
  if ((await entries()).some((entry) => entry.session === session)) return;
  throw new RefusedError(unknownSession(session, sessions.keys()));
}

/** Returns the filter of the options, and the paths that they limit the log to. Throws HiveError. */
export async function filterOf(
  hive: Hive,
  options: Options,
): Promise<{ filter: LogFilter; paths: string[] }> {
  const request = optionText(options.request);
  return {
    filter: { session: optionText(options.session), kinds: kindsOf(optionText(options.kind)) },
    paths: request === undefined ? [] : await requestPaths(hive, request.toLowerCase()),
  };
}

/** Every request's id begins with this word, so by itself it means all of them. */
const EVERY_REQUEST = "collab-";

const WHOLE_ID = /^collab-\d{1,12}-[a-z0-9]{4,16}$/;

/** Returns the paths of a request while it is open and in the archive. They are patterns. */
async function requestPaths(hive: Hive, text: string): Promise<string[]> {
  if (!/^[0-9a-z-]+$/.test(text))
    throw wrongCall(`${JSON.stringify(text)} is not a request id.`, "Example: --request collab-1763229251");
  if (text === EVERY_REQUEST) return pathsOf(`${text}*`);
  const id = WHOLE_ID.test(text) ? text : await requestId(hive, text);
  return pathsOf(id ?? (text.startsWith(EVERY_REQUEST) ? `${text}*` : `${EVERY_REQUEST}*${text}`));
}

function pathsOf(name: string): string[] {
  return [
    `${FOLDER}/${locationOf("collaborations").path}/${name}.json`,
    `${FOLDER}/${locationOf("archived").path}/*/${name}.json`,
  ];
}

/** Returns the id of the request that a text names; undefined where this hub has no such request. Throws HiveError. */
async function requestId(hive: Hive, text: string): Promise<string | undefined> {
  const { state } = await hive.read(["collaborations"]);
  const open = requestsNamed(state.collaborations.values(), text);
  const found =
    open.length > 0 ? open : requestsNamed((await hive.read(["archived"])).state.archived.values(), text);
  const [request, second] = found;
  if (second !== undefined) throw failureOf(ambiguousRequest(text, found));
  return request?.request_id;
}
