import type { Collaboration, CollaborationStatus } from "../../domain/requests/collaboration.ts";
import type { Move } from "../../domain/requests/moves.ts";
import type { Command, Context, Options } from "../command.ts";
import { RECORD, writes } from "../prints.ts";
import { FORCE, optionText, submit, textOf } from "../submit.ts";

/** The note option of every move. */
export const NOTE = ["-m, --message <note>", "a note; - reads it from stdin"] as const;

/** The next step of the session that has a request, by the request's status. */
export const NEXT_STEPS: Partial<Record<CollaborationStatus, (id: string) => string>> = {
  accepted: (id) => `Next: hive start ${id}, or hive complete ${id}`,
  in_progress: (id) => `Next: hive complete ${id}`,
};

export async function noteOf(context: Context, options: Options): Promise<string | undefined> {
  const message = optionText(options.message);
  return message === undefined ? undefined : textOf(context, message);
}

/** `collab-1763229251-k3f9 is in progress.` */
export function describeStatus({ request_id, status }: Collaboration): string {
  return `${request_id} is ${status.replaceAll("_", " ")}.`;
}

type Other = Exclude<Move, "accept">;

function defineMoveCommand(
  move: Other,
  examples: readonly string[],
  undo: string,
  options: NonNullable<Command["options"]> = [],
): Command {
  return {
    usage: "<request>",
    options: [NOTE, ...options, FORCE],
    examples,
    undo,
    prints: writes(`collaboration ${RECORD}`),
    async run(context, [request = ""], given) {
      const evidence = optionText(given.evidence);
      const note = await noteOf(context, given);
      const input = { request, note, ...(evidence === undefined ? {} : { evidence }) };
      return submit(context, await context.open(), move, input, ({ collaboration }) => ({
        text: describe(collaboration, move),
        id: collaboration.request_id,
      }));
    },
  };
}

function describe(request: Collaboration, move: Other): string {
  const { request_id, status } = request;
  if (move === "decline" && status === "pending")
    return `You declined ${request_id}. It stays open for other sessions.`;
  const next = NEXT_STEPS[status]?.(request_id);
  return next === undefined ? describeStatus(request) : `${describeStatus(request)}\n${next}`;
}

/** An ended request stays ended. */
const ASK_ANEW = 'none; hive request <session> "<text>" asks anew';

export const start = defineMoveCommand(
  "start",
  ["hive start collab-1763229251-k3f9", "hive start collab-1763229251 --as session-1-dashboard"],
  "none; hive handoff <session> --from <request> hands it on, hive leave gives it back",
);
export const complete = defineMoveCommand(
  "complete",
  [
    'hive complete collab-1763229251 -m "Merged in #42"',
    "hive complete collab-1763229251-k3f9 --evidence https://github.com/team/app/pull/42",
  ],
  ASK_ANEW,
  [["--evidence <url>", "an http or https address that shows the result"]],
);
export const decline = defineMoveCommand(
  "decline",
  ["hive decline collab-1763229251-k3f9", 'hive decline collab-1763229251 -m "No access to that cluster"'],
  'none; to be asked again: hive send <session> "<text>"',
);
export const cancel = defineMoveCommand(
  "cancel",
  ["hive cancel collab-1763229251-k3f9", 'hive cancel collab-1763229251 -m "Solved meanwhile"'],
  ASK_ANEW,
);
