import type { Command } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { FILTER_OPTIONS, filterOf } from "../input/log-filter.ts";
import { ENTRY_FIELDS } from "../prints.ts";

export const watch: Command = {
  usage: "",
  options: FILTER_OPTIONS,
  examples: ["hive watch --kind request", "hive watch --session session-1-dashboard --json"],
  notes: [
    "Prints what lands from now on, until it is stopped. The hub is asked every 2 to 30 s and never written to;",
    "what lands from this host shows at once. With --json it prints one document a line: beside it only log --follow",
    "prints more than one.",
  ],
  prints: ENTRY_FIELDS,
  async run(context, _, options) {
    const { filter, paths } = filterOf(options);
    const { hive } = await context.open();
    const read = await hive.read([]);
    noteReading(context, read);
    const { printNewEntries } = await import("../follow.ts");
    return printNewEntries(context, await hive.follow(read), paths, filter);
  },
};
