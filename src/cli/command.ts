import type { Workplace } from "../app/workplace/workplace.ts";
import type { World } from "../world.ts";
import type { Io } from "./io.ts";
import type { Page } from "./render/table.ts";

/** The options of every command. */
export interface Globals {
  readonly json?: boolean;
  readonly as?: string;
  readonly hub?: string;
  readonly offline?: boolean;
  readonly quiet?: boolean;
  /** `auto`, `always` or `never`; false with --no-color. */
  readonly color?: string | false;
  readonly timeout?: string;
  /** Only of commands that send a text. */
  readonly force?: boolean;
}

export type Options = Globals & Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** The context of a running command. */
export interface Context {
  readonly world: World;
  readonly io: Io;
  readonly globals: Globals;
  /** All commands. */
  readonly commands: Commands;
  /** Opens the hub of the command. It is closed when the command ends. */
  open(): Promise<Workplace>;
  /** Runs another command line in a world, and returns its exit code. Never throws. */
  run(argv: readonly string[], world: World): Promise<number>;
  /** Also closes a hub at the end that was opened in another way. */
  own<W extends Workplace>(workplace: W): W;
}

/** The answer of a command: one JSON document, or text for the user. */
export interface CommandAnswer {
  readonly json: unknown;
  readonly text: Page;
  /** The command already printed its output. */
  readonly isPrinted?: boolean;
  /** The text is for other programs: it is printed as it is on a terminal, too. */
  readonly isRaw?: boolean;
  /** The answer says itself what waits in the outbox. */
  readonly isOutbox?: boolean;
  /** The text holds commands for the runner of a workflow. Their data is escaped. */
  readonly isCommands?: boolean;
  /** Printed instead of the text with --quiet. */
  readonly id?: Page;
  /** The exit code. Undefined: success. */
  readonly exit?: number;
}

/** One command: its arguments, help and action. */
export interface Command {
  /** The positional arguments in commander's notation. */
  readonly usage: string;
  readonly options?: readonly (readonly [flags: string, description: string])[];
  /** Options that may be given more than once; each gets a list. */
  readonly lists?: readonly (readonly [flags: string, description: string])[];
  /** Rules that --help shows after the options. */
  readonly notes?: readonly string[];
  /** Real calls that --help shows. */
  readonly examples: readonly string[];
  /** How to take the command back, as --help says it: a command, and what it leaves. Undefined for a command that changes nothing. */
  readonly undo?: string;
  /**
   * The fields of the document that --json prints, such as `at, sessions[] {id, name}`: `[]` is a list, `?` may be
   * missing, `; or` is another form. A test compares them with the output.
   */
  readonly prints: string;
  /** What a user who waits is told that the command does, such as `Importing`. */
  readonly doing?: string;
  run(context: Context, args: readonly string[], options: Options): Promise<CommandAnswer>;
}

/** What the list of commands says about a command. Its file is loaded when it is called. */
export interface CommandRow {
  readonly summary: string;
  /** Other names by which people may call it. */
  readonly aliases?: readonly string[];
  /** The commands that a reader of its help may look for next. */
  readonly seeAlso?: readonly string[];
  readonly load: () => Promise<Command>;
}

/** Commands by name. */
export type Commands = Readonly<Record<string, CommandRow>>;

/** Commands on one subject, in the order that help shows them. */
export interface Group {
  readonly heading: string;
  readonly commands: Commands;
}
