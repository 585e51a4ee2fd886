import type { Dashboard } from "../../domain/dashboard/dashboard.ts";
import type { Command, CommandAnswer, Context } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { timesOf } from "../render/times.ts";
import { DASHBOARD_FIELDS } from "./dashboard.ts";

export const top: Command = {
  usage: "",
  options: [["--once", "print the state once, and end"]],
  notes: [
    "Shows the dashboard on the whole terminal, and each change as it lands, until q or Ctrl-C. It writes nothing to the hub.",
    "Keys: 1 to 7 and Tab show one section whole, Enter all of a line with the command that helps, / only lines with a text,",
    "? all keys. Where it has no terminal or no keyboard, or with --json, it prints the state once.",
  ],
  examples: ["hive top", "hive top --once", "hive top --json"],
  prints: DASHBOARD_FIELDS,
  doing: "Reading the hub",
  async run(context, _, { once }) {
    const { world, io, globals } = context;
    if (!io.isTerminal || once === true || world.env.TERM === "dumb") {
      const { readDashboard } = await import("../../app/dashboard.ts");
      const { hive } = await context.open();
      const { reading, shown } = await readDashboard(world, hive, globals.offline === true);
      return printOnce(context, reading, shown);
    }
    const { followDashboard } = await import("../follow-dashboard.ts");
    const live = await followDashboard(context);
    const { showTop } = await import("../top/show-top.ts");
    if (await showTop(context, live)) return { json: undefined, text: "", isPrinted: true };
    return printOnce(context, live.reading, live.first);
  },
};

async function printOnce(
  context: Context,
  reading: Parameters<typeof noteReading>[1],
  state: Dashboard,
): Promise<CommandAnswer> {
  noteReading(context, reading);
  if (context.io.isJson) return { json: state, text: "" };
  const { plainTop } = await import("../top/plain.ts");
  return { json: state, text: plainTop(state, timesOf(context)) };
}
