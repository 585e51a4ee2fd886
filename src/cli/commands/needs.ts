import { NEEDS_PARTS, needsIn } from "../../domain/activity/needs.ts";
import { toInstant } from "../../domain/values/time.ts";
import { wrongCall } from "../../errors.ts";
import type { Command, CommandAnswer, Context, Options } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { NEED, writes } from "../prints.ts";
import { renderNeeds } from "../render/needs.ts";
import { timesOf } from "../render/times.ts";
import { FORCE, listOf, submit, textOf } from "../submit.ts";

export const needs: Command = {
  usage: "[question...]",
  options: [["--done", "take your question back, because you need no answer any more"], FORCE],
  lists: [["--options <a,b>", "2 to 9 short answers to choose from"]],
  notes: [
    "A person answers it: hive tell. The answer comes to your inbox, and hive wait with the question's id, which is in what",
    "it prints, waits for it. You have one question at a time, and a new one replaces it. Coding tools that are set up ask",
    "by themselves when they wait.",
    "Without a question it lists who waits. A session blocks each other session whose open request or unanswered",
    "question is with it; those that block most come first, then those that wait longest.",
  ],
  examples: ['hive needs "Which database?" --options Postgres,SQLite', "hive needs", "hive needs --done"],
  undo: "hive needs --done",
  prints: `needs[] {session, id, question, options[], since, by_tool, blocks[], next}; or of a question and --done: ${writes(`need? ${NEED}`)}`,
  async run(context, [question, ...more], options) {
    if (more.length > 0)
      throw wrongCall(
        "The question has several arguments.",
        'Quote it: hive needs "<question>". To ask other sessions: hive need <skill> "<text>"',
      );
    const isDone = options.done === true;
    if (isDone && (question !== undefined || options.options !== undefined))
      throw wrongCall("--done takes no question and no options.", 'Ask anew: hive needs "<question>"');
    if (isDone) return takeBack(context);
    if (question !== undefined) return ask(context, question, options);
    if (options.options !== undefined)
      throw wrongCall("The options have no question.", 'Example: hive needs "<question>" --options yes,no');
    return list(context);
  },
};

async function list(context: Context): Promise<CommandAnswer> {
  const { hive } = await context.open();
  const read = await hive.read(NEEDS_PARTS);
  noteReading(context, read);
  const waiting = needsIn(read.state, toInstant(context.world.now()));
  return { json: { needs: waiting }, text: renderNeeds(waiting, timesOf(context)) };
}

async function ask(context: Context, question: string, options: Options): Promise<CommandAnswer> {
  const input = { question: await textOf(context, question), options: listOf(options.options) };
  return submit(context, await context.open(), "needs", input, ({ need }) => ({
    text: `You have asked your human since ${need?.since}. Wait for the answer: hive wait ${need?.id}`,
    id: need?.id ?? "",
  }));
}

async function takeBack(context: Context): Promise<CommandAnswer> {
  return submit(context, await context.open(), "needs", { done: true }, () => ({
    text: "You ask your human nothing now.",
  }));
}
