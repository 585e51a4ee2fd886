import type { Move } from "../../domain/moves.ts";
import type { Command } from "../command.ts";
import { optionText, submit, textOf } from "../write.ts";

const NEXT: Record<Move, (id: string) => string> = {
  accept: (id) => `Next: hive start ${id}, or hive complete ${id}`,
  start: (id) => `Next: hive complete ${id}`,
  complete: () => "",
  decline: () => "",
  cancel: () => "",
};

function defineMoveCommand(move: Move, examples: readonly string[]): Command {
  return {
    usage: "<request>",
    options: [["-m, --message <note>", "a note for the record; - reads it from stdin"]],
    examples,
    async run(context, [request = ""], options) {
      const message = optionText(options.message);
      const note = message === undefined ? undefined : await textOf(context, message);
      return submit(context, await context.open(), move, { request, note }, ({ collaboration }) => {
        const { request_id, status } = collaboration;
        return {
          text: [`${request_id} is ${status.replaceAll("_", " ")}.`, NEXT[move](request_id)]
            .filter(Boolean)
            .join("\n"),
          id: request_id,
        };
      });
    },
  };
}

export const accept = defineMoveCommand("accept", [
  "hive accept collab-1763229251-k3f9",
  'hive accept collab-1763229251 -m "On it after lunch"',
]);
export const start = defineMoveCommand("start", [
  "hive start collab-1763229251-k3f9",
  "hive start collab-1763229251 --as session-1-dashboard",
]);
export const complete = defineMoveCommand("complete", [
  "hive complete collab-1763229251-k3f9",
  'hive complete collab-1763229251 -m "Merged in #42"',
]);
export const decline = defineMoveCommand("decline", [
  "hive decline collab-1763229251-k3f9",
  'hive decline collab-1763229251 -m "No access to that cluster"',
]);
export const cancel = defineMoveCommand("cancel", [
  "hive cancel collab-1763229251-k3f9",
  'hive cancel collab-1763229251 -m "Solved meanwhile"',
]);
