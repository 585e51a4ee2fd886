import { parseSession } from "../../app/workplace/workplace.ts";
import type { ResultOf } from "../../domain/operations.ts";
import { BOT } from "../../domain/values/session-id.ts";
import { RefusedError, wrongCall } from "../../errors.ts";
import type { Command, Options } from "../command.ts";
import { RequestNames } from "../request-names.ts";
import { optionText, submit } from "../submit.ts";

export const retire: Command = {
  usage: "[session...]",
  options: [
    ["--offline-for <duration>", "retire every session that has been offline for this long, such as 7d"],
    ["--force", "retire the named sessions even if they are not offline"],
    ["--dry-run", "show what it would do, and write nothing"],
  ],
  notes: [
    "A retired session leaves the registry, and sync, find-help and match show it no more. Its claims end. Requests that it",
    "had accepted or not answered expire, and their requesters are told. Its own requests expire too, but those that another",
    "session has accepted stay with that session. Its messages, its requests and its log stay, and so does its name: no other",
    "session can register it. A coding tool's session that is resumed returns under its name; any other session returns by the",
    "option --return of hive register.",
  ],
  examples: ["hive retire session-4-deployment", "hive retire --offline-for 7d --dry-run"],
  undo: "hive register <session> --return, by the session itself",
  prints:
    "op?, commit?, landed?, result?, dry_run?, retired[], already[] {session, retired_at}, released[], returned[], withdrawn[]",
  async run(context, ids, options) {
    const input = inputOf(ids, options);
    const workplace = await context.open();
    const given = { ...input, asked_by: workplace.knownIdentity()?.session };
    const names = new RequestNames(workplace.hive);
    if (options.dryRun === true) {
      const decision = await workplace.hive.preview("retire", given, BOT);
      if (decision.kind === "refusal") throw new RefusedError(decision);
      const { name } = await names.look();
      const text = `Nothing was written. It would do this:\n${describe(decision.result, name)}`;
      return { json: { dry_run: true, ...decision.result }, text };
    }
    const done = async (result: ResultOf<"retire">) => {
      const { name } = await names.look();
      return { text: describe(result, name), fields: result };
    };
    return submit(context, workplace, "retire", given, done, BOT);
  },
};

/** Returns the sessions that the call means, in one of two ways. Throws HiveError. */
function inputOf(names: readonly string[], { offlineFor, force }: Options) {
  const offline_for = optionText(offlineFor);
  if (names.length > 0 === (offline_for !== undefined))
    throw wrongCall(
      "Name the sessions to retire, or give --offline-for; not both.",
      "Example: hive retire session-4, or: hive retire --offline-for 7d --dry-run",
    );
  if (offline_for !== undefined) return { offline_for };
  return { sessions: names.map(parseSession), ...(force === true ? { force: true as const } : {}) };
}

function describe(
  { retired, already, released, returned, withdrawn }: ResultOf<"retire">,
  name: (request: string) => string,
): string {
  const lines = [
    ...retired.map((id) => `${id} retired`),
    ...already.map(({ session, retired_at }) => `${session} is retired already, since ${retired_at}`),
    ...released.map((key) => `${key} released`),
    ...returned.map((id) => `${name(id)} expired, and its requester is told`),
    ...withdrawn.map((id) => `${name(id)} expired, because its requester is retired`),
  ];
  return lines.join("\n") || "No session to retire.";
}
