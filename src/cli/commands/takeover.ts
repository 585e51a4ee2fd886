import { parseSession } from "../../app/workplace/workplace.ts";
import type { Command } from "../command.ts";
import { RECORD, writes } from "../prints.ts";
import { quote } from "../render/quoted.ts";
import { submit } from "../submit.ts";
import { describeStatus, NEXT_STEPS } from "./moves.ts";

export const takeover: Command = {
  usage: "<session>",
  options: [["--force", "take it over from a session that is not silent, too"]],
  notes: [
    "The session must be offline, or silent for heartbeat.takeover_after of hive.yaml (2 h). It is told, and so is each",
    "requester. What you asked for yourself you take back: hive reclaim.",
  ],
  examples: ["hive takeover session-4-deployment", "hive takeover session-4-deployment --force"],
  undo: "hive handoff <session> --request <request> for each",
  prints: writes(`session, taken_over[] ${RECORD}`),
  async run(context, [target = ""], options) {
    const input = { session: parseSession(target), force: options.force === true };
    return submit(context, await context.open(), "takeover", input, ({ session, taken_over }) => ({
      text: taken_over
        .flatMap((request) => [
          `Yours now, no longer ${session}'s: ${describeStatus(request)}`,
          `  ${request.from_session} (unverified) asked:`,
          ...quote(request.request),
          `  ${NEXT_STEPS[request.status]?.(request.request_id) ?? ""}`,
        ])
        .join("\n"),
      id: taken_over.map(({ request_id }) => request_id).join("\n"),
    }));
  },
};
