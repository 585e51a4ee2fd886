import type { Context } from "./command.ts";

/** Whether the user answers a question with yes. Without a terminal, and with --json, nobody is asked. */
export async function isConfirmed(
  { isInteractive, ask }: Context["world"],
  io: Context["io"],
  question: string,
): Promise<boolean> {
  if (!isInteractive() || io.isJson) return false;
  io.idle();
  return /^y(?:es)?$/i.test((await ask(question)).trim());
}
