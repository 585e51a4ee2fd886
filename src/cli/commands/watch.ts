import type { Command } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { FILTER_OPTIONS, filterOf, refuseUnknownNames } from "../input/log-filter.ts";
import { ENTRY_FIELDS } from "../prints.ts";
import { optionText } from "../submit.ts";

export const watch: Command = {
  usage: "",
  options: FILTER_OPTIONS,
  examples: ["hive watch --kind request", "hive watch --session session-1-dashboard --json"],
  notes: [
    "Prints new operations until it is stopped, or with 124 after --timeout. It asks the hub every 2 to 30 s and never",
    "writes to it; operations of this host show at once. With --json it prints one document on each line. Only",
    "log --follow does that too.",
  ],
  prints: ENTRY_FIELDS,
  async run(context, _, options) {
    const { hive } = await context.open();
    const { filter, paths } = await filterOf(hive, options);
    const read = await hive.read(["sessions", "retired"]);
    noteReading(context, read);
    const request = optionText(options.request);
    await refuseUnknownNames(hive, filter, request, async () => (await hive.history.entries(paths)).entries);
    const { printNewEntries } = await import("../follow.ts");
    return printNewEntries(context, await hive.follow(read), paths, filter);
  },
};
