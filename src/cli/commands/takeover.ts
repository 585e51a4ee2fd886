import { parseSession } from "../../app/workplace/workplace.ts";
import type { Command } from "../command.ts";
import { RECORD, writes } from "../prints.ts";
import { quote } from "../render/quoted.ts";
import { submit } from "../submit.ts";
import { describeStatus, NEXT_STEPS } from "./moves.ts";

export const takeover: Command = {
  usage: "<session>",
  examples: ["hive takeover session-4-deployment", "hive takeover session-4-deployment --json"],
  prints: writes(`session, taken_over[] ${RECORD}`),
  async run(context, [target = ""]) {
    const input = { session: parseSession(target) };
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
