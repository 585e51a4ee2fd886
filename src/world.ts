import type { CrashPoint } from "./crash-points.ts";
import type { Ancestor } from "./domain/coding-tools/tool-process.ts";
import type { Ulid } from "./domain/values/ids.ts";
import type { HubOptions } from "./hub-options.ts";

/** The program as a server of the Model Context Protocol. The command line reaches `src/mcp` through it. */
interface McpEdge {
  /** The tools that it offers. */
  tools(): Promise<readonly { readonly name: string; readonly description: string }[]>;
  /** Serves on the process's streams until the client closes its end. */
  serve(options: HubOptions): Promise<void>;
}

/** A key that the user pressed. */
export interface Key {
  /** Such as `up`, `pagedown`, `return`, `escape`, `shift-tab` or `ctrl-c`; empty where it has no name. */
  readonly name: string;
  /** The character that it writes; empty where it writes none. */
  readonly text: string;
}

/** All access to the machine that the program has. Built once, at the start. */
export interface World {
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly directory: string;
  readonly home: string;
  /** Milliseconds since the epoch. */
  now(): number;
  /** A number from 0 up to 1. */
  random(): number;
  /** A new ULID. */
  newId(): Promise<Ulid>;
  out(text: string): void;
  err(text: string): void;
  readInput(): Promise<string>;
  /** Returns what arrives on stdin within so many milliseconds; an empty text where stdin is a terminal. */
  readInputWithin(milliseconds: number): Promise<string>;
  /** From now on, or from the first sleep on, a signal ends sleeps and not the program. */
  listenForStop(): void;
  /** Ends sleeps as a signal does. */
  stop(): void;
  /** Ends early when the user interrupts, or when `alarm` resolves. */
  sleep(milliseconds: number, alarm?: Promise<unknown>): Promise<"slept" | "woken" | "interrupted">;
  /**
   * The processes that this one descends from, nearest first; none where the system does not tell. Where telling takes
   * another program, only with `thorough`.
   */
  ancestors(thorough: boolean): readonly Ancestor[];
  /** Whether stdout is a terminal. */
  readonly isTerminal: boolean;
  /** Whether stderr is a terminal. A function, because asking opens the stream. */
  isErrorTerminal(): boolean;
  /** How many columns the terminal has, or 0 where it does not say. A function, because users resize terminals. */
  columns(): number;
  /** How many rows the terminal has, or 0 where it does not say. */
  rows(): number;
  /**
   * Takes the keyboard of the terminal: keys are told and not echoed, Ctrl-C is one of them, and so are changes of the
   * terminal's size. Returns what gives it back; undefined where stdin is no terminal.
   */
  takeKeyboard(onKey: (key: Key) => void, onResize: () => void): Promise<(() => void) | undefined>;
  /** Whether the user can answer a question. */
  isInteractive(): boolean;
  /** Returns the line that the user answers. */
  ask(question: string): Promise<string>;
  /** The command line that starts this program, for other programs. The first word is an executable file. */
  readonly program: readonly string[];
  readonly mcp: McpEdge;
  /** Reads one event of a coding tool from `world`'s input and prints the answer on its output. Never throws. */
  answerHook(words: readonly string[], world: World): Promise<void>;
  /** Starts this program with other arguments, detached: it outlives this process, and its output is discarded. */
  startDetached(argv: readonly string[], directory: string): Promise<void>;
  /** Returns what a line prints in a shell; undefined where no shell runs it. */
  shellLine(line: string, env: World["env"], directory: string): string | undefined;
  /** Opens a file with the program that the user has for it. Returns false where the system has no way to do so. */
  openFile(path: string): Promise<boolean>;
  /** Ends the process at once, as no exit does while one of its threads waits for the system. */
  abandon(): void;
  /** Called at each step of a write at which a crash would leave files or locks. Tests crash there. */
  reached(step: CrashPoint): void;
}
