import type { ResultOf } from "../../domain/operations.ts";
import { BOT } from "../../domain/values/session-id.ts";
import { RefusedError } from "../../errors.ts";
import type { Command } from "../command.ts";
import { RequestNames } from "../request-names.ts";
import { submit } from "../submit.ts";

export const expire: Command = {
  usage: "",
  options: [["--dry-run", "show what it would do, and write nothing"]],
  notes: [
    "Silent sessions become offline, requests without an answer expire, requests that ended long ago go to the archive,",
    "and lapsed claims are removed. Sessions that were silent for sessions.retire_after of hive.yaml (30 days) are retired,",
    "as hive retire does it, and those that a coding tool started and that did nothing after retire_unused_after (1 day).",
    "Other commands apply the same times when they read, so this may run at any time.",
    "It does nothing while this host's clock is more than a day ahead of the newest change on the hub.",
  ],
  examples: ["hive expire", "hive expire --dry-run --json"],
  undo: 'none: a session that writes again is back; hive request <session> "<text>" asks anew',
  prints:
    "op?, commit?, landed?, result?, dry_run?, expired[], archived[], returned[], lapsed[], retired[], skipped? {now, newest}",
  async run(context, _, options) {
    const workplace = await context.open();
    const names = new RequestNames(workplace.hive);
    if (options.dryRun === true) {
      const decision = await workplace.hive.preview("expire", {}, BOT);
      if (decision.kind === "refusal") throw new RefusedError(decision);
      const { name } = await names.look();
      return { json: { dry_run: true, ...decision.result }, text: describe(decision.result, name) };
    }
    await names.look();
    const done = async (result: ResultOf<"expire">) => {
      const { name } = await names.look();
      return { text: describe(result, name), fields: result };
    };
    return submit(context, workplace, "expire", {}, done, BOT);
  },
};

function describe(
  { expired, archived, returned, lapsed, retired, skipped }: ResultOf<"expire">,
  name: (request: string) => string,
): string {
  if (skipped)
    return [
      `Nothing expired: this host's clock (${skipped.now}) is more than a day ahead of the newest change on the hub (${skipped.newest}).`,
      "If the clock is right (date -u), the hub was idle: expire again after any session has written, such as hive heartbeat.",
    ].join("\n");
  const lines = [
    ...expired.map((id) => `${name(id)} expired`),
    ...returned.map((id) => `${id} is back`),
    ...retired.map((id) => `${id} retired`),
    ...archived.map((id) => `${name(id)} archived`),
    ...lapsed.map((key) => `${key} lapsed`),
  ];
  return lines.join("\n") || "Nothing to expire.";
}
