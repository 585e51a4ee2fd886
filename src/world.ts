import type { CrashPoint } from "./crash-points.ts";
import type { Ulid } from "./domain/values/ids.ts";
import type { HubOptions } from "./hub-options.ts";

/** The program as a server of the Model Context Protocol; where a program starts, this ties one edge to another. */
interface McpEdge {
  /** What it offers. */
  tools(): Promise<readonly { readonly name: string; readonly description: string }[]>;
  /** Serves on the process's own streams until the client closes its end. */
  serve(options: HubOptions): Promise<void>;
}

/** All that a program may touch of the machine it runs on; built once, where it starts. */
export interface World {
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly directory: string;
  readonly home: string;
  /** Milliseconds since the epoch. */
  now(): number;
  /** From 0 up to 1. */
  random(): number;
  /** A new ULID. */
  newId(): Promise<Ulid>;
  out(text: string): void;
  err(text: string): void;
  readInput(): Promise<string>;
  /** What comes on stdin within so many milliseconds; nothing where it is a terminal. */
  readSoon(milliseconds: number): Promise<string>;
  /** Ends early when the user interrupts, or when what would wake it has come. */
  sleep(milliseconds: number, alarm?: Promise<unknown>): Promise<"slept" | "woken" | "interrupted">;
  readonly isTerminal: boolean;
  /** Whether a person can be asked. */
  isInteractive(): boolean;
  /** One line that a person answers. */
  ask(question: string): Promise<string>;
  /** How this program is started, for others to start it: the first of it is a file that can be run. */
  readonly program: readonly string[];
  readonly mcp: McpEdge;
  /** Answers one event of a coding tool, read from `world`'s input, on its output. Never throws. */
  answerHook(words: readonly string[], world: World): Promise<void>;
  /** Starts this program again with other arguments, by itself: it outlives this one, and nobody hears of it. */
  startAlone(argv: readonly string[], directory: string): Promise<void>;
  /** Told of the moments of a write at which a crash would leave something behind. */
  reached(step: CrashPoint): void;
}
