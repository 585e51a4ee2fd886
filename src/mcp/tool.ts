import * as z from "../domain/values/z.ts";
import type { HubConnection, Written } from "./connection.ts";

/** One tool: its description for the model, and its action. */
export interface McpTool {
  readonly name: string;
  /** One sentence for the model. */
  readonly description: string;
  /** Whether it changes nothing. */
  readonly isReading: boolean;
  readonly input: z.ZodMiniType<object>;
  /** The schema of the answer, where knowing it before the call helps a model. */
  readonly output?: z.ZodMiniType<object>;
  /** Returns a plain object. Throws RefusedError, HiveError and ZodError. */
  run(connection: HubConnection, given: unknown): Promise<object>;
}

interface Definition<Input extends object> extends Omit<McpTool, "run"> {
  readonly input: z.ZodMiniType<Input>;
  run(connection: HubConnection, input: Input): Promise<object>;
}

/** Makes a tool that parses its input before it runs. */
export function defineTool<Input extends object>(tool: Definition<Input>): McpTool {
  return { ...tool, run: (connection, given) => tool.run(connection, tool.input.parse(given)) };
}

/** The input of a tool, and the session that acts where the server cannot know it. */
export function withAuthor(
  input: z.ZodMiniType<object>,
): z.ZodMiniType<{ readonly as?: string | undefined }> {
  return z.extend(input as z.ZodMiniObject, { as: z.optional(z.string()) });
}

/** The urgency of a request or message. Undefined: normal. */
export const Priority = z.optional(z.enum(["normal", "high", "urgent"]));

/** Whether to send a text that looks like it has a secret. */
export const Force = z.optional(z.boolean());

/** Describes a write for the model: its result where it landed, else why it is queued. */
export function describeWrite<Result>(
  written: Written<Result>,
  describe: (result: Result) => object,
): object {
  return written.landed ? { landed: true, ...describe(written.result) } : written;
}
