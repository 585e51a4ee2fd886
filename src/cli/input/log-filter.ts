import type { Hive } from "../../app/hive/hive.ts";
import { FOLDER, locationOf } from "../../domain/hub/layout.ts";
import type { LogFilter } from "../../domain/log.ts";
import { OPERATIONS } from "../../domain/operations.ts";
import { requestsNamed } from "../../domain/requests/find.ts";
import { ambiguousRequest } from "../../domain/requests/refusals.ts";
import { wrongCall } from "../../errors.ts";
import type { Context, Options } from "../command.ts";
import { failureOf, optionText } from "../submit.ts";

/** The options that filter `log` and `watch`. */
export const FILTER_OPTIONS = [
  ["--session <session>", "only operations of this session"],
  ["--request <request>", "only operations on this request, by its id or a unique start or end of it"],
  ["--kind <kind>", "only operations of this kind, such as request or accept"],
] as const;

/** The kinds in a log: those of operations, recorded refusals, and commits that no operation made. */
const KINDS: readonly string[] = [...Object.keys(OPERATIONS), "refusal", "commit"];

/** Prints a note where no operation of this version has the kind that the user named: the answer about it is empty. */
export function noteUnknownKind({ io }: Context, { kind }: LogFilter): void {
  if (kind !== undefined && !KINDS.includes(kind))
    io.note(`${JSON.stringify(kind)} is not a kind of operation. The kinds are: ${KINDS.join(", ")}`);
}

/** Throws HiveError where no operation has the kind that the user named: nothing would ever be shown. */
export function refuseUnknownKind({ kind }: LogFilter): void {
  if (kind !== undefined && !KINDS.includes(kind))
    throw wrongCall(
      `${JSON.stringify(kind)} is not a kind of operation.`,
      `The kinds are: ${KINDS.join(", ")}`,
    );
}

/** Returns the filter of the options, and the paths that they limit the log to. Throws HiveError. */
export async function filterOf(
  hive: Hive,
  options: Options,
): Promise<{ filter: LogFilter; paths: string[] }> {
  const request = optionText(options.request);
  return {
    filter: { session: optionText(options.session), kind: optionText(options.kind) },
    paths: request === undefined ? [] : await requestPaths(hive, request.toLowerCase()),
  };
}

/** Every request's id begins with this word, so by itself it means all of them. */
export const EVERY_REQUEST = "collab-";

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
