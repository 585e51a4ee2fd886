import type { Command } from "../command.ts";
import { noteOf } from "../input/words.ts";
import { RECORD, writes } from "../prints.ts";
import { submit } from "../submit.ts";
import { NOTE } from "./moves.ts";

export const reclaim: Command = {
  usage: "<request>",
  options: [NOTE, ["--force", "take it back from a session that is not silent, too"]],
  notes: [
    "For the session that asked. The session that has the request must be offline, or silent for heartbeat.takeover_after",
    "of hive.yaml (2 h). The request is pending again, for any session, or for those with its skill; the former one is told.",
  ],
  examples: [
    "hive reclaim collab-1763229251-k3f9",
    'hive reclaim collab-1763229251 --force -m "I need it today"',
  ],
  undo: "none: the former session can accept it again, or hive cancel <request> ends it",
  prints: writes(`collaboration ${RECORD}, former`),
  async run(context, [request = ""], options) {
    const input = { request, note: await noteOf(context, options), force: options.force === true };
    // The note is searched for secrets all the same.
    const searched = { ...context, globals: { ...context.globals, force: false } };
    return submit(searched, await context.open(), "reclaim", input, ({ collaboration, former }) => ({
      text: [
        `${collaboration.request_id} is pending again, no longer with ${former}. Any session may accept it now.`,
        `To ask one session instead: hive cancel ${collaboration.request_id}, then hive request <session> "<text>"`,
      ].join("\n"),
      id: collaboration.request_id,
    }));
  },
};
