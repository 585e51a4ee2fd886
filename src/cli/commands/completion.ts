import { wrongCall } from "../../errors.ts";
import type { Command, CommandAnswer, Context } from "../command.ts";
import { optionOn } from "../completion/line.ts";
import { isShell, SCRIPTS } from "../completion/scripts.ts";
import { hubOptionsOf } from "../input/hub-options.ts";

export const completion: Command = {
  usage: "<shell> [words...]",
  examples: [
    'eval "$(hive completion bash)"',
    "source <(hive completion zsh)",
    "hive completion fish | source",
    "hive completion candidates -- accept ''",
  ],
  prints: "shell, script; or of candidates: candidates[] {value, description}",
  async run(context, [shell = "", ...words]) {
    if (shell === "candidates") return findCandidates(context, words);
    if (!isShell(shell))
      throw wrongCall(
        `hive completion does not know the shell ${JSON.stringify(shell)}.`,
        "The shells are: bash, zsh, fish",
      );
    const script = SCRIPTS[shell];
    return { json: { shell, script }, text: script.trimEnd(), isRaw: true };
  },
};

/** Answers the scripts: each candidate for the last word on one line, with its description after a tab. */
async function findCandidates(context: Context, words: readonly string[]): Promise<CommandAnswer> {
  const { candidatesFor } = await import("../completion/candidates.ts");
  const { valuesIn } = await import("../completion/values.ts");
  const options = hubOptionsOf(context.globals);
  const hub = optionOn(words, "--hub") ?? options.hub;
  const candidates = await candidatesFor(words, context.commands, valuesIn(context, { ...options, hub }));
  return {
    json: { candidates },
    text: candidates.map(({ value, description }) => `${value}\t${description}`).join("\n"),
    isRaw: true,
  };
}
