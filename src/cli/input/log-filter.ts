import { FOLDER, locationOf } from "../../domain/hub/layout.ts";
import type { LogFilter } from "../../domain/log.ts";
import { wrongCall } from "../../errors.ts";
import type { Options } from "../command.ts";
import { optionText } from "../submit.ts";

/** What `log` and `watch` show of all that happens. */
export const FILTER_OPTIONS = [
  ["--session <session>", "only what this session does"],
  ["--collab <request>", "only what happens to this request"],
  ["--kind <kind>", "only operations of this kind, as request or accept"],
] as const;

/** The filter that the options say, and the paths that are asked about. Throws HiveError. */
export function filterOf(options: Options): { filter: LogFilter; paths: string[] } {
  const request = optionText(options.collab);
  return {
    filter: { session: optionText(options.session), kind: optionText(options.kind) },
    paths: request === undefined ? [] : requestPaths(request),
  };
}

/** Where the request lies while it is open and after; the id may be the start of one, so this is a pattern. */
function requestPaths(prefix: string): string[] {
  if (!/^collab-[a-z0-9-]*$/.test(prefix))
    throw wrongCall(`${JSON.stringify(prefix)} is no request id.`, "As in: --collab collab-1763229251");
  return [
    `${FOLDER}/${locationOf("collaborations").path}/${prefix}*.json`,
    `${FOLDER}/${locationOf("archived").path}/*/${prefix}*.json`,
  ];
}
