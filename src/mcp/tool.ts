import * as z from "../domain/values/z.ts";
import type { HubConnection, Written } from "./connection.ts";

/** One tool: what a model is told of it, and what it does. */
export interface McpTool {
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  /** Whether it changes nothing. */
  readonly isReading: boolean;
  readonly input: z.ZodMiniType<object>;
  /** What it answers, where a model gains from knowing it before it calls. */
  readonly output?: z.ZodMiniType<object>;
  /** Answers with a plain object. Throws RefusedCall, HiveError and ZodError. */
  run(connection: HubConnection, given: unknown): Promise<object>;
}

interface Definition<Input extends object> extends Omit<McpTool, "run"> {
  readonly input: z.ZodMiniType<Input>;
  run(connection: HubConnection, input: Input): Promise<object>;
}

/** Ties a tool's input to what it does with it. */
export function defineTool<Input extends object>(tool: Definition<Input>): McpTool {
  return { ...tool, run: (connection, given) => tool.run(connection, tool.input.parse(given)) };
}

/** How urgent something is; normal where it is left out. */
export const Priority = z.optional(z.enum(["normal", "high", "urgent"]));

/** What a model is told of a write: that it landed and what came of it, or why it waits. */
export function shown<Result>(written: Written<Result>, describe: (result: Result) => object): object {
  return written.landed ? { landed: true, ...describe(written.result) } : written;
}
