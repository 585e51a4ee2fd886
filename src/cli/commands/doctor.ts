import { examine } from "../../app/doctor/examine.ts";
import type { Check } from "../../domain/doctor/check.ts";
import type { Command } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { hubOptionsOf } from "../input/hub-options.ts";
import type { Column, Page } from "../render/table.ts";

export const doctor: Command = {
  usage: "",
  options: [["--fix", "repair what can be repaired; the outbox is kept"]],
  examples: ["hive doctor", "hive doctor --fix", "hive doctor --offline --json"],
  prints: "checks[] {name, state, message, next?}, fixed[]",
  async run({ world, io, globals }, _, options) {
    const { checks, fixed } = await examine(world, hubOptionsOf(globals), options.fix === true);
    for (const text of fixed) if (!io.isJson) io.note(text);
    const bad = checks.filter(({ state }) => state === "bad");
    return {
      json: { checks, fixed },
      text: render(checks),
      id: render(bad),
      exit: exitOf(bad),
    };
  },
};

/** Invalid files alone are invalid data. Everything else that needs action is a failure. */
function exitOf(bad: readonly Check[]): number {
  if (bad.length === 0) return EXIT.done;
  return bad.every(({ name }) => name === "files") ? EXIT.invalid : EXIT.failed;
}

const STYLES = { ok: "green", note: "yellow", bad: "red" } as const;

const COLUMNS: readonly Column[] = [
  { head: "STATE", giveWay: 1 },
  { head: "CHECK", giveWay: 2 },
  { head: "RESULT", giveWay: 0, isWrapped: true },
];

function render(checks: readonly Check[]): Page {
  const rows = checks.map(({ state, name, message, next }) => [
    { text: state, style: STYLES[state] },
    name,
    withNext(message, next),
  ]);
  return [{ columns: COLUMNS, rows }];
}

function withNext(message: string, next: string | null): string {
  return next === null ? message : `${message} Next: ${next}`;
}
