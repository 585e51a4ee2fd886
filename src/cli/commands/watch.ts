import type { Command } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { FILTER_OPTIONS, filterOf, refuseUnknownKind } from "../input/log-filter.ts";
import { ENTRY_FIELDS } from "../prints.ts";
import { noteUnknownSession } from "../unknown-session.ts";

export const watch: Command = {
  usage: "",
  options: FILTER_OPTIONS,
  examples: ["hive watch --kind request", "hive watch --session session-1-dashboard --json"],
  notes: [
    "Prints new operations until it is stopped. It asks the hub every 2 to 30 s and never writes to it; operations of",
    "this host show at once. With --json it prints one document on each line. Only log --follow does that too.",
  ],
  prints: ENTRY_FIELDS,
  async run(context, _, options) {
    const { hive } = await context.open();
    const { filter, paths } = await filterOf(hive, options);
    refuseUnknownKind(filter);
    const read = await hive.read(["sessions", "retired"]);
    noteReading(context, read);
    if (filter.session !== undefined) noteUnknownSession(context, filter.session, read.state);
    const { printNewEntries } = await import("../follow.ts");
    return printNewEntries(context, await hive.follow(read), paths, filter);
  },
};
