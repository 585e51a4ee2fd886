import type { Command } from "../command.ts";

/** The help and --json of hooks. `main.ts` answers the calls of coding tools before it parses a command line. */
export const hook: Command = {
  usage: "<tool> [event]",
  notes: ["It reads the event from stdin, and prints the answer for the session to stdout."],
  examples: ["hive hook claude < event.json", "hive hook copilot sessionStart < event.json"],
  prints:
    "of claude, codex and gemini: hookSpecificOutput?, systemMessage?; or of copilot: additionalContext?, permissionDecision?, permissionDecisionReason?; or of cursor: additional_context?, permission?, user_message?, agent_message?, followup_message?; or of opencode: context?, deny?, hold?",
  async run({ world }, words) {
    const printed: string[] = [];
    await world.answerHook(words, { ...world, out: (text) => void printed.push(text) });
    const text = printed.join("").trimEnd();
    return { json: text === "" ? {} : JSON.parse(text), text };
  },
};
