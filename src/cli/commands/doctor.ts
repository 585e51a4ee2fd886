import { examine } from "../../app/doctor/examine.ts";
import type { Check } from "../../domain/doctor/check.ts";
import type { Command, Context } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { hubOptionsOf } from "../input/hub-options.ts";
import { renderTable } from "../render/table.ts";

export const doctor: Command = {
  usage: "",
  options: [["--fix", "repair what can be repaired; the outbox is kept"]],
  examples: ["hive doctor", "hive doctor --fix", "hive doctor --offline --json"],
  prints: "checks[] {name, state, message, next}, fixed[]",
  async run({ world, io, globals }, _, options) {
    const { checks, fixed } = await examine(world, hubOptionsOf(globals), options.fix === true);
    for (const text of fixed) if (!io.isJson) io.note(text);
    const bad = checks.filter(({ state }) => state === "bad");
    return {
      json: { checks, fixed },
      text: render(checks, io).join("\n"),
      id: render(bad, io).join("\n"),
      exit: exitOf(bad),
    };
  },
};

/** Invalid files alone are invalid data. Everything else that needs action is a failure. */
function exitOf(bad: readonly Check[]): number {
  if (bad.length === 0) return EXIT.done;
  return bad.every(({ name }) => name === "files") ? EXIT.invalid : EXIT.failed;
}

const STYLES = { ok: "green", note: "yellow", bad: "bold" } as const;

function render(checks: readonly Check[], io: Context["io"]): string[] {
  const lines = renderTable(
    checks.map(({ state, name, message, next }) => [state, name, withNext(message, next)]),
  );
  return lines.map((line, index) => {
    const state = checks[index]?.state ?? "ok";
    return io.style(STYLES[state], state) + line.slice(state.length);
  });
}

function withNext(message: string, next: string | null): string {
  return next === null ? message : `${message} Next: ${next}`;
}
