import { filterLog } from "../../domain/log.ts";
import type { Command } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { FILTER_OPTIONS, filterOf, refuseUnknownNames } from "../input/log-filter.ts";
import { sinceOf } from "../input/times.ts";
import { ENTRY_FIELDS } from "../prints.ts";
import { tableOfEntries } from "../render/entry.ts";
import { timesOf } from "../render/times.ts";
import { limitOf, optionText } from "../submit.ts";

export const log: Command = {
  usage: "",
  options: [
    ...FILTER_OPTIONS,
    [
      "--since <time>",
      'only entries since then: 2h (ago), 9:00, yesterday, mon, "2026-01-31 14:00" or an instant',
    ],
    ["-n, --limit <n>", "at most this many entries (50)"],
    ["--follow", "oldest first, then new entries until stopped; with --json one document on each line"],
  ],
  examples: ["hive log --since 2h", "hive log --since yesterday", "hive log --request k3f9 --json"],
  prints: `entries[] {${ENTRY_FIELDS}}; or of --follow, one document on each line: ${ENTRY_FIELDS}`,
  async run(context, _, options) {
    const { world, open } = context;
    const limit = limitOf(options.limit) ?? 50;
    const since = await sinceOf(world, optionText(options.since));
    const { hive } = await open();
    const { filter: given, paths } = await filterOf(hive, options);
    const filter = { ...given, since };
    const isFiltered = Object.values(filter).some((value) => value !== undefined);
    const read = await hive.history(paths, isFiltered ? undefined : limit);
    noteReading(context, read);
    const request = optionText(options.request);
    await refuseUnknownNames(hive, filter, request, async () => read.entries);
    const entries = filterLog(read.entries, filter).slice(0, limit);
    if (options.follow === true) {
      const { printEntries, printNewEntries } = await import("../follow.ts");
      await printEntries(context, entries.toReversed());
      return printNewEntries(context, await hive.follow(read), paths, filter);
    }
    const none =
      isFiltered || request !== undefined
        ? "No operation matches. All of them: hive log"
        : "Nothing has landed yet.";
    return {
      json: { entries },
      text: entries.length === 0 ? none : [tableOfEntries(entries, timesOf(context))],
    };
  },
};
