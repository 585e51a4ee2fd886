import { draftHandover } from "../../app/handover.ts";
import { parseSession } from "../../app/workplace/workplace.ts";
import type { Bundle } from "../../domain/requests/bundle.ts";
import type { Collaboration } from "../../domain/requests/collaboration.ts";
import { quoteOthers } from "../../domain/values/framed.ts";
import type { SessionId } from "../../domain/values/ids.ts";
import { firstLine } from "../../domain/values/visible.ts";
import { wrongCall } from "../../errors.ts";
import type { Command, Options } from "../command.ts";
import { givenBundle, LISTS } from "../input/bundle-options.ts";
import { endOf, endOptions } from "../input/times.ts";
import { textOrNote } from "../input/words.ts";
import { BUNDLE, MESSAGE, RECORD, writes } from "../prints.ts";
import { renderBundle } from "../render/bundle.ts";
import { quote } from "../render/quoted.ts";
import { type Times, timesOf } from "../render/times.ts";
import { FORCE, failureOf, optionText, submit } from "../submit.ts";

export const handoff: Command = {
  usage: "[session] [bundle|note...]",
  options: [
    ["--to <session>", "instead of the argument: the session"],
    ["--open", "instead of a session: the first session to accept gets it"],
    ["--request <request>", "the request to hand over"],
    ["--goal <text>", "the goal of the work (with --request: the text of that request)"],
    ["--next <command>", "the next command to run"],
    [
      "-m, --message <note>",
      "instead of the argument: the goal; beside --goal or --request: how the work stands; - reads it from stdin",
    ],
    ...endOptions("the offer expires without an answer"),
    ["--dry-run", "show the bundle, and write nothing"],
    FORCE,
  ],
  lists: LISTS,
  notes: [
    "The bundle is -, for a JSON object on stdin. Options replace parts of it. Missing parts are drafted from git and",
    "from your operations in the hub; of a request, only what belongs to it since you have it. The work stays yours until",
    "the handover is accepted.",
  ],
  examples: [
    'hive handoff session-2 --request k3f9 --tried "Cache on disk: too slow" --next "npm test"',
    'hive handoff --open --goal "Finish the charts" --dry-run',
    'echo \'{"goal": "Finish the charts", "decisions": ["SVG"]}\' | hive handoff session-2 -',
  ],
  undo: "hive cancel <handover>, until it is accepted",
  prints: `${writes(`collaboration ${RECORD}, message ${MESSAGE}`)}, not_included?[] {request_id, text, next}; or of --dry-run: dry_run, to?, request?, goal, bundle ${BUNDLE}, not_included?[]`,
  async run(context, given, options) {
    const { to, words } = addressed(given, options);
    const source = words.length === 1 && words[0] === "-" ? "-" : undefined;
    refuseFile(words);
    const note = await textOrNote(context, source === undefined ? words : [], options);
    const parts = await givenBundle(context, source, options);
    const workplace = await context.open();
    const from = optionText(options.request);
    const draft = await draftHandover(context.world, workplace, from);
    if ("kind" in draft) throw failureOf(draft);
    const goal = parts.goal ?? draft.goal ?? note;
    if (goal === undefined) throw wrongCall("The handover has no goal.", 'Give one: --goal "<text>"');
    const drafted = { ...draft.bundle, ...parts.bundle };
    const stands = note === undefined || goal === note ? [] : [note];
    const bundle =
      stands.length === 0
        ? drafted
        : { ...drafted, in_progress: [...(drafted.in_progress ?? []), ...stands] };
    const request = from === undefined ? {} : { request: from };
    const left = draft.left.map((each) => leftOut(each, to));
    const fields = left.length === 0 ? {} : { not_included: left };
    const lines = left.map(
      (each) => `Not included: ${each.request_id} ${quoteOthers(each.text, 40)}: ${each.next}`,
    );
    if (options.dryRun === true)
      return {
        json: { dry_run: true, to, ...request, goal, bundle, ...fields },
        text: [show(goal, bundle), ...lines].join("\n"),
      };
    const deadline = await endOf(context.world, options);
    const input = { ...(to === undefined ? {} : { to }), ...request, goal, deadline, bundle };
    return submit(context, workplace, "handoff", input, ({ collaboration }) => ({
      text: [describe(collaboration, to, timesOf(context)), ...lines].join("\n"),
      id: collaboration.request_id,
      fields,
    }));
  },
};

/** A request that the author has, and that it would hand over only by name. */
function leftOut({ request_id, request }: Collaboration, to: SessionId | undefined) {
  return { request_id, text: request, next: `hive handoff ${to ?? "--open"} --request ${request_id}` };
}

/** Returns the session that gets the work, undefined for the first that accepts it, and the words after it. Throws HiveError. */
function addressed(
  given: readonly string[],
  { to: named, open }: Options,
): { to: SessionId | undefined; words: readonly string[] } {
  const to = optionText(named);
  if (to !== undefined && open === true)
    throw wrongCall("--to and --open exclude each other.", "Give one of them.");
  if (open === true) return { to: undefined, words: given };
  const [session, ...words] = to === undefined ? given : [to, ...given];
  return { to: parseSession(required(session)), words };
}

/** Throws HiveError for the name of a file, or JSON, where a bundle was meant. */
function refuseFile([word = "", extra]: readonly string[]): void {
  if (extra === undefined && /^\S+\.json$|^\{/.test(word))
    throw wrongCall("A bundle is a JSON object on stdin.", "Give - for the bundle, or its parts as options.");
}

function required(session: string | undefined): string {
  if (session !== undefined) return session;
  throw wrongCall(
    "Missing required argument 'session'.",
    "Name a session, or offer the work to all sessions: --open",
  );
}

function show(goal: string, bundle: Bundle): string {
  return ["  Goal:", ...quote(goal), ...renderBundle(bundle)].join("\n");
}

function describe(
  { request_id, request, deadline, handoff: bundle }: Collaboration,
  to: SessionId | undefined,
  times: Times,
): string {
  const what =
    bundle?.request === undefined ? "" : ` for ${bundle.request}, which stays yours until it is accepted`;
  const until = deadline === undefined ? "" : `, ${times.until(deadline)}`;
  return `Offered to ${to ?? "the first session to accept"}: ${request_id}${what}${until}: ${firstLine(request, 60)}\nWatch for the answer: hive inbox`;
}
