import { tellerOf } from "../../app/workplace/person.ts";
import { parseSession } from "../../app/workplace/workplace.ts";
import type { ResultOf } from "../../domain/operations.ts";
import { firstLine } from "../../domain/values/visible.ts";
import type { Command } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { joinWords } from "../input/words.ts";
import { MESSAGE, NEED, writes } from "../prints.ts";
import { FORCE, submit, textOf } from "../submit.ts";

export const tell: Command = {
  usage: "<session> <answer...>",
  options: [FORCE],
  notes: [
    "You need no session: without one you act under your name in git, and the session sees that you are a person. A coding",
    "tool's session acts as itself. The number of an option means its text. No answer approves a permission.",
  ],
  examples: ['hive tell session-1-dashboard "Use Postgres"', "hive tell session-1-dashboard 2"],
  undo: 'none; hive tell <session> "<text>" corrects it',
  prints: writes(`message ${MESSAGE}, answered? ${NEED}, open? ${NEED}`),
  async run(context, [target = "", ...words]) {
    const to = parseSession(target);
    const text = await textOf(context, joinWords(words));
    const workplace = await context.open();
    const read = await workplace.hive.read(["sessions", "retired"]);
    noteReading(context, read);
    const { person, ...author } = await tellerOf(context.world, workplace, read.state);
    const input = { to, text, person, need: read.state.sessions.get(to)?.needs?.id };
    return submit(context, workplace, "tell", input, describe, author);
  },
};

function describe({ message, answered, open }: ResultOf<"tell">) {
  const { id, from, to, body } = message;
  const outcome =
    answered !== null
      ? "Its question is answered."
      : open !== null
        ? "What its tool asks stays open: answer it there."
        : "It had asked nothing.";
  return { text: `${from} told ${to}: ${firstLine(body, 60)}\n${outcome}`, id };
}
