import type { Context } from "./command.ts";

/** Whether the user answers a question with yes. Without a terminal, and with --json, nobody is asked. */
export async function isConfirmed(
  { isInteractive, ask }: Context["world"],
  { isJson }: Context["io"],
  question: string,
): Promise<boolean> {
  return isInteractive() && !isJson && /^y(?:es)?$/i.test((await ask(question)).trim());
}
