import { HiveError } from "../../errors.ts";
import type { World } from "../../world.ts";

/** Reads all of stdin. Throws HiveError where it is closed or cannot be read. */
export async function readStdin(world: World): Promise<string> {
  try {
    return await world.readInput();
  } catch (cause) {
    if (!(cause instanceof Error && "syscall" in cause)) throw cause;
    throw new HiveError(
      "stdin_unreadable",
      `stdin cannot be read: ${cause.message}.`,
      "Pipe the text in, as in: echo <text> | hive broadcast -. Or give it as an argument in quotes.",
      { failure: "usage", cause },
    );
  }
}
