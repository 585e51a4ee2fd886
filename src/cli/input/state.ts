import { State } from "../../domain/sessions/session.ts";
import type { Options } from "../command.ts";

/** Returns the state of an option; undefined without the option. Throws ZodError on any other word. */
export function stateOf(option: Options[string]): State | undefined {
  return option === undefined ? undefined : State.parse(option);
}
