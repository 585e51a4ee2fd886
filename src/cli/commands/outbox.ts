import { count } from "../../domain/values/count.ts";
import { isReference } from "../../domain/values/reference.ts";
import type { Waiting } from "../../domain/waiting.ts";
import { wrongCall } from "../../errors.ts";
import type { Command, CommandAnswer, Context } from "../command.ts";
import { isConfirmed } from "../confirm.ts";
import { describeElsewhere } from "../freshness.ts";
import type { Column, Table } from "../render/table.ts";
import { type Times, timesOf } from "../render/times.ts";

const COLUMNS: readonly Column[] = [
  { head: "OPERATION", giveWay: 0 },
  { head: "QUEUED", giveWay: 4 },
  { head: "WHAT", giveWay: 1, isText: true },
  { head: "STATE", giveWay: 2 },
  { head: "WHY", giveWay: 3, isWrapped: true },
];

export const outbox: Command = {
  usage: "[drop|move] [op]",
  options: [["--yes", "drop without asking"]],
  notes: [
    "`drop` gives an operation up. `move` brings here, and sends, what waits for this hub under another of its addresses.",
  ],
  examples: [
    "hive outbox",
    "hive outbox drop 01KAPBX3M6",
    "hive outbox drop 01KAPBX3M6 --yes",
    "hive outbox move",
  ],
  undo: "none: a dropped operation is gone, and is made anew",
  prints:
    "operations[] {op, kind, session, at, state, why?, to?, text?}, broken[], elsewhere[] {hub, operations}; or of drop: dropped, withdrawn; or of move: moved, stayed, unsent",
  async run(context, [action, op = ""], options) {
    if (action === undefined) return list(context);
    if (action === "drop") return drop(context, op, options.yes === true);
    if (action === "move") return moveHere(context);
    throw wrongCall(`hive outbox has no action ${JSON.stringify(action)}.`, "Example: hive outbox drop <op>");
  },
};

async function list(context: Context): Promise<CommandAnswer> {
  const { open, io } = context;
  const { hive } = await open();
  const { waiting, broken } = await hive.outbox.list();
  for (const path of broken) io.note(`A file could not be read and was moved aside: ${path}`);
  const elsewhere = await hive.outbox.elsewhere();
  return {
    json: { operations: waiting, broken, elsewhere },
    text: [...render(waiting, timesOf(context)), ...elsewhere.map(describeElsewhere)],
    isOutbox: true,
  };
}

function render(waiting: readonly Waiting[], times: Times): (string | Table)[] {
  if (waiting.length === 0) return ["The outbox is empty: nothing of this host waits. What landed: hive log"];
  const rows = waiting.map(({ why, state, ...waiting }) => [
    waiting.op,
    times.ago(waiting.at),
    describe(waiting),
    state.startsWith("refused") ? { text: state, style: "red" as const } : state,
    why ?? "",
  ]);
  const refused = waiting.filter(({ state }) => state === "refused by the rules");
  const unsent = waiting.length - refused.length;
  return [
    { columns: COLUMNS, rows },
    ...(unsent > 0
      ? [`${count(unsent, "operation")} not sent yet. To send ${unsent === 1 ? "it" : "them"}: hive sync`]
      : []),
    ...(refused.length > 0
      ? [
          `${count(refused.length, "operation")} refused by the rules, and never sent. To clear: hive outbox drop ${refused.length === 1 ? refused[0]?.op : "<op>"} --yes`,
        ]
      : []),
  ];
}

/** `send by session-1 to session-2: Which port?` */
function describe({ kind, session, to, text }: Pick<Waiting, "kind" | "session" | "to" | "text">): string {
  return `${kind} by ${session}${to === undefined ? "" : ` to ${to}`}${text === undefined ? "" : `: ${text}`}`;
}

/** Moves here what waits under other addresses of the hub, and sends it. */
async function moveHere({ open }: Context): Promise<CommandAnswer> {
  const { hive } = await open();
  hive.refuseUnchosen();
  const { moved, stayed } = await hive.outbox.moveHere();
  await hive.outbox.send();
  const { unsent } = await hive.outbox.count();
  const left =
    stayed > 0 ? ` Another command is sending ${count(stayed, "operation")} there; they stayed.` : "";
  return {
    json: { moved, stayed, unsent },
    text:
      moved === 0 ? `Nothing to move.${left}` : `Moved ${count(moved, "operation")} to ${hive.name}.${left}`,
  };
}

/** Drops an operation after the user confirms, because it would have landed later. Without a terminal, --yes confirms. */
async function drop({ open, world, io }: Context, text: string, isSure: boolean): Promise<CommandAnswer> {
  if (text === "") throw wrongCall("No operation is named.", "See their ids: hive outbox");
  const { hive } = await open();
  const { waiting } = await hive.outbox.list();
  const found = waiting.filter(({ op }) => isReference(text, op));
  const [entry, second] = found;
  if (entry === undefined)
    throw wrongCall(`The outbox has no operation ${text}.`, "See their ids: hive outbox");
  if (second !== undefined)
    throw wrongCall(
      `${text} matches ${count(found.length, "operation")}.`,
      `Give more of the id: ${found.map((each) => `${each.op} (${describe(each)})`).join(", ")}`,
    );
  const described = `${entry.op}, ${describe(entry)}`;
  if (!isSure && !(await isConfirmed(world, io, `Drop ${described}? It will never land. [y/N] `)))
    throw wrongCall(
      `Nothing was dropped: ${described} still waits.`,
      `To drop it: hive outbox drop ${entry.op} --yes`,
    );
  const outcome = await hive.outbox.drop(entry.op);
  if (outcome === "ended")
    throw wrongCall(
      `${described} was not dropped: it has ended meanwhile.`,
      "To see whether it landed: hive log",
    );
  const isGone = outcome === "dropped";
  return {
    json: { dropped: entry.op, withdrawn: isGone },
    text: isGone
      ? `Dropped ${described}.`
      : `Dropped ${described}. Another host may still land it until the hub answers. Next: hive sync`,
    id: entry.op,
  };
}
