import * as z from "../domain/values/z.ts";
import type { HubConnection, Written } from "./connection.ts";

/** One tool: its description for the model, and its action. */
export interface McpTool {
  readonly name: string;
  /** What it does, and the parameters that few calls need. For the model. */
  readonly description: string;
  /** Whether it changes nothing. */
  readonly isReading: boolean;
  readonly input: z.ZodMiniType<object>;
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
  return z.extend(input as z.ZodMiniObject, { as: z.optional(text("Who acts")) });
}

/** A parameter that is a text, with its description for the model. */
export function text(description: string): z.ZodMiniString {
  return z.string().check(z.describe(description));
}

/** The urgency of a request or message. Undefined: normal. */
export const Priority = z.optional(z.enum(["normal", "high", "urgent"]));

/** Whether to send a text that looks like it has a secret. Not listed, because the refusal of such a text names it. */
export const Force = z.optional(z.boolean());

/** Describes a write for the model: its result where it landed, else why it is queued. */
export function describeWrite<Result>(
  written: Written<Result>,
  describe: (result: Result) => object,
): object {
  return written.landed ? { landed: true, ...describe(written.result) } : written;
}
