import * as z from "../../domain/values/z.ts";
import type { Written } from "../connection.ts";

/** How urgent something is; normal where it is left out. */
export const Priority = z.optional(z.enum(["normal", "high", "urgent"]));

/** What a model is told of a write: that it landed and what came of it, or why it waits. */
export function shown<Result>(written: Written<Result>, describe: (result: Result) => object): object {
  return written.landed ? { landed: true, ...describe(written.result) } : written;
}
