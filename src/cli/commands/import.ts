import { resolve } from "node:path";
import { parseSession } from "../../app/workplace/workplace.ts";
import type { ResultOf } from "../../domain/operations.ts";
import { count } from "../../domain/values/count.ts";
import { BOT } from "../../domain/values/session-id.ts";
import { makeVisible } from "../../domain/values/visible.ts";
import { RefusedError } from "../../errors.ts";
import { translate } from "../../importers/bash-tools/translate.ts";
import type { Command } from "../command.ts";
import { readSeedDirectory } from "../input/import-directory.ts";
import { submit } from "../submit.ts";

type Imported = ResultOf<"import">;

export const importCommand: Command = {
  usage: "<dir>",
  options: [["--dry-run", "show what it would do, and write nothing"]],
  examples: ["hive import docs/coordination/sessions", "hive import ./SESSIONS --dry-run --json"],
  undo: "none; git keeps the hub as it was",
  doing: "Importing",
  prints:
    "op?, commit?, landed?, result?, dry_run?, sessions, heartbeats, messages, collaborations, salvaged[] {path, reason}, rejected[] {path, reason}, ignored[]",
  async run(context, [directory = ""], options) {
    const { files, links } = readSeedDirectory(resolve(context.world.directory, directory));
    const { read: _, ...translation } = translate(files);
    const refused = links.map((path) => ({ path, reason: "a link; links are not followed" }));
    const input = { ...translation, rejected: [...translation.rejected, ...refused] };
    const workplace = await context.open();
    const author = context.globals.as === undefined ? BOT : parseSession(context.globals.as);
    if (options.dryRun === true) {
      const decision = await workplace.hive.preview("import", input, author);
      if (decision.kind === "refusal") throw new RefusedError(decision);
      return {
        json: { dry_run: true, ...decision.result },
        text: `Would import ${describe(decision.result)}`,
      };
    }
    const done = (result: Imported) => ({ text: `Imported ${describe(result)}`, fields: result });
    return submit(context, workplace, "import", input, done, author);
  },
};

function describe({
  sessions,
  heartbeats,
  messages,
  collaborations,
  salvaged,
  rejected,
  ignored,
}: Imported): string {
  return [
    [
      count(sessions, "session"),
      count(heartbeats, "heartbeat"),
      count(messages, "message"),
      `${count(collaborations, "collaboration")}.`,
    ].join(", "),
    ...salvaged.map(({ path, reason }) => `salvaged ${makeVisible(path)}: ${makeVisible(reason)}`),
    ...rejected.map(({ path, reason }) => `rejected ${makeVisible(path)}: ${makeVisible(reason)}`),
    ...(ignored.length > 0 ? [`Ignored: ${count(ignored.length, "other file")}.`] : []),
  ].join("\n");
}
