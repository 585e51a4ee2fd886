import { HiveError } from "../../errors.ts";
import type { World } from "../../world.ts";
import { isUndecodable, notUtf8 } from "./utf8.ts";

/** Reads all of stdin. Throws HiveError where it is closed, cannot be read, or is not UTF-8. */
export async function readStdin(world: World): Promise<string> {
  try {
    return await world.readInput();
  } catch (cause) {
    if (isUndecodable(cause)) throw notUtf8("What came on stdin", cause);
    if (!(cause instanceof Error && "syscall" in cause)) throw cause;
    throw new HiveError(
      "stdin_unreadable",
      `stdin cannot be read: ${cause.message}.`,
      "Pipe the text in, as in: echo <text> | hive broadcast -. Or give it as an argument in quotes.",
      { failure: "usage", cause },
    );
  }
}
