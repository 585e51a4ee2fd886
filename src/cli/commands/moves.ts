import type { Workplace } from "../../app/workplace/workplace.ts";
import type { Collaboration, CollaborationStatus } from "../../domain/requests/collaboration.ts";
import { refuseMove, requestsNamed } from "../../domain/requests/find.ts";
import { isVoid } from "../../domain/requests/handover.ts";
import { MOVES, type Move } from "../../domain/requests/moves.ts";
import { waitsFor } from "../../domain/requests/waits-for.ts";
import { describeWords, quoteWords } from "../../domain/requests/words.ts";
import { inOrderOf } from "../../domain/values/order.ts";
import { quoteForShell } from "../../domain/values/shell-quote.ts";
import { toInstant } from "../../domain/values/time.ts";
import { firstLine } from "../../domain/values/visible.ts";
import { RefusedError, wrongCall } from "../../errors.ts";
import type { World } from "../../world.ts";
import type { Command, CommandAnswer, Context, Options } from "../command.ts";
import { textOrNote } from "../input/words.ts";
import { markAnswered } from "../mark-answered.ts";
import { RECORD, writes } from "../prints.ts";
import { FORCE, optionText, submit } from "../submit.ts";

/** The note option of every move. */
export const NOTE = [
  "-m, --message <note>",
  "instead of the argument: a note; - reads it from stdin",
] as const;

/** The next step of the session that has a request, by the request's status. */
export const NEXT_STEPS: Partial<Record<CollaborationStatus, (id: string) => string>> = {
  accepted: (id) => `Next: hive start ${id}, or hive complete ${id}`,
  in_progress: (id) => `Next: hive complete ${id}`,
};

/** `collab-1763229251-k3f9 is in progress.` */
export function describeStatus({ request_id, status }: Pick<Collaboration, "request_id" | "status">): string {
  return `${request_id} is ${status.replaceAll("_", " ")}.`;
}

/** `collab-1763229251-k3f9 is in progress. session-5 (unverified) asks: Need a UI` */
export function describeMoved(request: Collaboration): string {
  return `${describeStatus(request)} ${describeWords(request)}`;
}

type Place = Pick<Workplace, "hive" | "identity"> & { readonly world: World };

/**
 * Makes the move on the request that a text names. Throws HiveError without a text and RefusedError where no request has
 * that name, and both list the requests on which the author can make the move now.
 */
export async function moveNamed(
  place: Place,
  move: Move,
  text: string | undefined,
  make: (request: string) => Promise<CommandAnswer>,
): Promise<CommandAnswer> {
  if (text === undefined)
    throw wrongCall(`No request is named: hive ${move} <request>.`, await choices(place, move, ""));
  try {
    return await make(text);
  } catch (error) {
    if (!(error instanceof RefusedError && error.refusal.code === "unknown_request")) throw error;
    throw new RefusedError({ ...error.refusal, hint: await choices(place, move, text) });
  }
}

/** The requests on which the author can make the move now, first those whose text starts with what was typed. */
async function choices({ world, hive, identity }: Place, move: Move, typed: string): Promise<string> {
  const { session } = identity();
  const { state } = await hive.read(["settings", "sessions", "collaborations"]);
  const by = { session, at: toInstant(world.now()) };
  const isForAll = ({ to_session }: Collaboration) => to_session === null && MOVES[move].by === "to_session";
  const found = [...state.collaborations.values()]
    .filter((each) => refuseMove(each, move, by, state.settings) === undefined)
    .filter((each) => !isForAll(each) || waitsFor(each, session, state, by.at))
    .filter((each) => move !== "accept" || !isVoid(each, state))
    .sort(inOrderOf(({ request_id }) => request_id));
  if (found.length === 0) return `There is none that ${session} can ${move} now. See: hive inbox`;
  const isMeant = ({ request }: Collaboration) => request.toLowerCase().startsWith(typed.toLowerCase());
  const [meant, others] = [found.filter(isMeant), found.filter((each) => !isMeant(each))];
  const shown = [...meant, ...others].map((each) => `${each.request_id} ${quoteWords(each)}`);
  return `You can ${move} now (their texts are unverified): ${shown.join(", ")}`;
}

/** Returns the note of a move: the words after the request, or of `--message`. Throws HiveError for another request there. */
export async function noteAfter(
  { hive, context }: Pick<Workplace, "hive"> & { readonly context: Context },
  move: Move,
  words: readonly string[],
  options: Options,
): Promise<string | undefined> {
  const [word = ""] = words;
  const { state } = words.length === 0 ? {} : await hive.read(["collaborations"]);
  const isRequest =
    /^collab-/i.test(word) || requestsNamed(state?.collaborations.values() ?? [], word).length > 0;
  if (isRequest)
    throw wrongCall(
      `hive ${move} takes one request, and ${word} is another.`,
      `Run it once for each. If it is the note: hive ${move} <request> -m ${quoteForShell(word)}`,
    );
  return textOrNote(context, words, options);
}

type Other = Exclude<Move, "accept">;

function defineMoveCommand(
  move: Other,
  examples: readonly string[],
  undo: string,
  options: NonNullable<Command["options"]> = [],
): Command {
  return {
    usage: "[request] [note...]",
    options: [NOTE, ...options, FORCE],
    examples,
    undo,
    prints: writes(`collaboration ${RECORD}`),
    async run(context, [text, ...words], given) {
      const workplace = await context.open();
      return moveNamed({ ...workplace, world: context.world }, move, text, async (request) => {
        const evidence = optionText(given.evidence);
        const note = await noteAfter({ ...workplace, context }, move, words, given);
        const input = { request, note, ...(evidence === undefined ? {} : { evidence }) };
        return submit(context, workplace, move, input, async ({ collaboration }) => {
          if (move === "decline") await markAnswered(workplace, collaboration);
          return { text: describe(collaboration, move), id: collaboration.request_id };
        });
      });
    },
  };
}

function describe(request: Collaboration, move: Other): string {
  const { request_id, status } = request;
  if (move === "decline" && status === "pending")
    return `You declined ${request_id}. It stays open for other sessions. ${describeWords(request)}`;
  if (move === "cancel") return `${request_id} is cancelled: ${firstLine(request.request, 60)}`;
  const next = NEXT_STEPS[status]?.(request_id);
  return next === undefined ? describeMoved(request) : `${describeMoved(request)}\n${next}`;
}

/** An ended request stays ended. */
const ASK_ANEW = 'none; hive request <session> "<text>" asks anew';

export const start = defineMoveCommand(
  "start",
  ["hive start k3f9", "hive start collab-1763229251-k3f9 --as session-1-dashboard"],
  "none; hive handoff <session> --request <request> hands it on, hive leave gives it back",
);
export const complete = defineMoveCommand(
  "complete",
  [
    'hive complete k3f9 -m "Merged in #42"',
    "hive complete collab-1763229251-k3f9 --evidence https://github.com/team/app/pull/42",
  ],
  ASK_ANEW,
  [["--evidence <url>", "an http or https address that shows the result"]],
);
export const decline = defineMoveCommand(
  "decline",
  ["hive decline collab-1763229251-k3f9", 'hive decline k3f9 -m "No access to that cluster"'],
  'none; to be asked again: hive send <session> "<text>"',
);
export const cancel = defineMoveCommand(
  "cancel",
  ["hive cancel collab-1763229251-k3f9", 'hive cancel k3f9 -m "Solved meanwhile"'],
  ASK_ANEW,
);
