import { FOLDER, locationOf } from "../../domain/hub/layout.ts";
import type { LogFilter } from "../../domain/log.ts";
import { OPERATIONS } from "../../domain/operations.ts";
import { wrongCall } from "../../errors.ts";
import type { Context, Options } from "../command.ts";
import { optionText } from "../submit.ts";

/** The options that filter `log` and `watch`. */
export const FILTER_OPTIONS = [
  ["--session <session>", "only operations of this session"],
  ["--collab <request>", "only operations on this request"],
  ["--kind <kind>", "only operations of this kind, such as request or accept"],
] as const;

/** The kinds in a log: those of operations, recorded refusals, and commits that no operation made. */
const KINDS: readonly string[] = [...Object.keys(OPERATIONS), "refusal", "commit"];

/** Prints a note where no operation of this version has the kind that the user named: the answer about it is empty. */
export function noteUnknownKind({ io }: Context, { kind }: LogFilter): void {
  if (kind !== undefined && !KINDS.includes(kind))
    io.note(`${JSON.stringify(kind)} is not a kind of operation. The kinds are: ${KINDS.join(", ")}`);
}

/** Returns the filter of the options, and the paths that they limit the log to. Throws HiveError. */
export function filterOf(options: Options): { filter: LogFilter; paths: string[] } {
  const request = optionText(options.collab);
  const kind = optionText(options.kind);
  return {
    filter: { session: optionText(options.session), kind },
    paths: request === undefined ? [] : requestPaths(request),
  };
}

/** Returns the paths of a request while it is open and in the archive. They are patterns, because the id may be a prefix. */
function requestPaths(prefix: string): string[] {
  if (!/^collab-[a-z0-9-]*$/.test(prefix))
    throw wrongCall(`${JSON.stringify(prefix)} is not a request id.`, "Example: --collab collab-1763229251");
  return [
    `${FOLDER}/${locationOf("collaborations").path}/${prefix}*.json`,
    `${FOLDER}/${locationOf("archived").path}/*/${prefix}*.json`,
  ];
}
