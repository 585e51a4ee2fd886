import type { Instant } from "../../domain/instant.ts";
import { FOLDER } from "../../domain/paths.ts";
import { filterLog, type LogEntry } from "../../domain/queries/log.ts";
import { toInstant } from "../../domain/time.ts";
import { firstLine, makeVisible } from "../../domain/visible.ts";
import { wrongCall } from "../../hive-error.ts";
import type { World } from "../../world.ts";
import type { Command } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { limitOf, optionText } from "../write.ts";

export const log: Command = {
  usage: "",
  options: [
    ["--session <session>", "only what this session did"],
    ["--collab <request>", "only what happened to this request"],
    ["--kind <kind>", "only operations of this kind, as request or accept"],
    ["--since <time>", "only since an instant, or a duration back, as 2h"],
    ["--limit <n>", "at most this many entries (50)"],
  ],
  examples: ["hive log --since 2h", "hive log --collab collab-1763229251-k3f9 --json"],
  async run(context, _, options) {
    const { world, open } = context;
    const limit = limitOf(options.limit) ?? 50;
    const filter = {
      session: optionText(options.session),
      kind: optionText(options.kind),
      since: await sinceOf(world, optionText(options.since)),
    };
    const request = optionText(options.collab);
    const paths = request === undefined ? [] : requestPaths(request);
    const isFiltered = Object.values(filter).some((value) => value !== undefined);
    const { hive } = await open();
    const read = await hive.history(paths, isFiltered ? undefined : limit);
    noteReading(context, read);
    const entries = filterLog(read.entries, filter).slice(0, limit);
    return { json: { entries }, text: entries.map(renderEntry).join("\n") || "Nothing yet." };
  },
};

/** Where the request lies while it is open and after; the id may be the start of one, so this is a pattern. */
function requestPaths(prefix: string): string[] {
  if (!/^collab-[a-z0-9-]*$/.test(prefix))
    throw wrongCall(`${JSON.stringify(prefix)} is no request id.`, "As in: --collab collab-1763229251");
  return [
    `${FOLDER}/ACTIVE/COLLABORATIONS/${prefix}*.json`,
    `${FOLDER}/ARCHIVE/COLLABORATIONS/*/${prefix}*.json`,
  ];
}

async function sinceOf(world: World, text: string | undefined): Promise<Instant | undefined> {
  if (text === undefined) return undefined;
  const { Duration, Instant } = await import("../../domain/instant.ts");
  const back = Duration.safeParse(text);
  return back.success ? toInstant(world.now() - back.data * 1000) : Instant.parse(text);
}

function renderEntry({ at, session, subject, commit }: LogEntry): string {
  return `${commit.slice(0, 7)} ${at} ${makeVisible(session)}  ${firstLine(subject, 120)}`;
}
