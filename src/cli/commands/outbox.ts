import { count } from "../../domain/values/count.ts";
import { formatAge, secondsBetween, toInstant } from "../../domain/values/time.ts";
import type { Waiting } from "../../domain/waiting.ts";
import { wrongCall } from "../../errors.ts";
import type { Command, CommandAnswer, Context } from "../command.ts";
import { renderTable } from "../render/table.ts";

export const outbox: Command = {
  usage: "[drop] [op]",
  options: [["--yes", "drop without asking"]],
  examples: ["hive outbox", "hive outbox drop 01KAPBX3M6", "hive outbox drop 01KAPBX3M6 --yes"],
  prints: "operations[] {op, kind, session, at, state, why}, broken[]; or of drop: dropped, withdrawn",
  async run(context, [act, op = ""], options) {
    if (act === undefined) return list(context);
    if (act === "drop") return drop(context, op, options.yes === true);
    throw wrongCall(`${JSON.stringify(act)} is nothing an outbox does.`, "As in: hive outbox drop <op>");
  },
};

async function list({ open, world, io }: Context): Promise<CommandAnswer> {
  const { hive } = await open();
  const { waiting, broken } = await hive.outbox.list();
  for (const path of broken) io.note(`Not readable, set aside: ${path}`);
  const now = toInstant(world.now());
  return { json: { operations: waiting, broken }, text: render(waiting, now) };
}

function render(waiting: readonly Waiting[], now: string): string {
  if (waiting.length === 0) return "Nothing waits.";
  const rows = waiting.map(({ op, at, kind, session, state, why }) => [
    op,
    `${formatAge(secondsBetween(at, now))} ago`,
    `${kind} by ${session}`,
    state,
    why ?? "",
  ]);
  return [...renderTable(rows), count(waiting.length, "operation")].join("\n");
}

/** What was promised to land will not, so it is asked for; where nobody can answer, --yes says so. */
async function drop({ open, world, io }: Context, start: string, isSure: boolean): Promise<CommandAnswer> {
  const { hive } = await open();
  const { waiting } = await hive.outbox.list();
  const found = waiting.filter(({ op }) => start !== "" && op.startsWith(start.toUpperCase()));
  const [entry, second] = found;
  if (entry === undefined || second !== undefined)
    throw wrongCall(
      entry ? `${start} names ${count(found.length, "operation")}.` : `No operation ${start} waits here.`,
      "See their ids: hive outbox",
    );
  const what = `${entry.op}, ${entry.kind} by ${entry.session}`;
  if (!isSure && !(await isAgreed(world, io, `Drop ${what}? It will never land. [y/N] `)))
    throw wrongCall(
      `Nothing was dropped: ${what} waits still.`,
      `To drop it: hive outbox drop ${entry.op} --yes`,
    );
  const isGone = await hive.outbox.drop(entry.op);
  return {
    json: { dropped: entry.op, withdrawn: isGone },
    text: isGone
      ? `Dropped ${what}.`
      : `Dropped ${what}. Other hosts may still carry it until the hub answers: hive sync`,
    id: entry.op,
  };
}

async function isAgreed(
  { isInteractive, ask }: Context["world"],
  { isJson }: Context["io"],
  question: string,
): Promise<boolean> {
  return isInteractive() && !isJson && /^y(?:es)?$/i.test((await ask(question)).trim());
}
