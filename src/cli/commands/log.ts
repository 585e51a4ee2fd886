import { filterLog } from "../../domain/log.ts";
import { quoteForShell } from "../../domain/values/shell-quote.ts";
import type { Command, Options } from "../command.ts";
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
  prints: `entries[] {${ENTRY_FIELDS}}, more?; or of --follow, one document on each line: ${ENTRY_FIELDS}`,
  async run(context, _, options) {
    const { world, open } = context;
    const limit = limitOf(options.limit) ?? 50;
    const since = await sinceOf(world, optionText(options.since));
    const { hive } = await open();
    const { filter: given, paths } = await filterOf(hive, options);
    const filter = { ...given, since };
    const isFiltered = Object.values(filter).some((value) => value !== undefined);
    const request = optionText(options.request);
    const isWhole = !isFiltered && request === undefined;
    const read = await hive.history.entries(paths, isWhole ? limit : undefined);
    noteReading(context, read);
    await refuseUnknownNames(hive, filter, request, async () => read.entries);
    const matching = filterLog(read.entries, filter);
    const entries = matching.slice(0, limit);
    const more = matching.length - entries.length + (isWhole ? hive.history.countOlder(read, limit) : 0);
    const rest = more === 0 ? [] : [`${more} more: ${callOf(options, entries.length + more)}`];
    if (options.follow === true) {
      for (const line of context.io.isJson ? [] : rest) context.io.note(line);
      const { printEntries, printNewEntries } = await import("../follow.ts");
      await printEntries(context, entries.toReversed());
      return printNewEntries(context, await hive.follow(read), paths, filter);
    }
    const none = isWhole ? "Nothing has landed yet." : "No operation matches. All of them: hive log";
    return {
      json: { entries, ...(more > 0 ? { more } : {}) },
      text: entries.length === 0 ? none : [tableOfEntries(entries, timesOf(context)), ...rest],
    };
  },
};

/** The same call with another limit. */
function callOf(options: Options, limit: number): string {
  const given = ["session", "request", "kind", "since"].flatMap((name) => {
    const text = optionText(options[name]);
    return text === undefined ? [] : [`--${name} ${/^[\w:,.-]+$/.test(text) ? text : quoteForShell(text)}`];
  });
  return ["hive log", ...given, `-n ${limit}`].join(" ");
}
