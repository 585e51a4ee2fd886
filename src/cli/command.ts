import type { Workplace } from "../app/workplace/workplace.ts";
import type { World } from "../world.ts";
import type { Io } from "./io.ts";

/** The options every command takes. */
export interface Globals {
  readonly json?: boolean;
  readonly as?: string;
  readonly hub?: string;
  readonly offline?: boolean;
  readonly quiet?: boolean;
  readonly color?: boolean;
  readonly timeout?: string;
}

export type Options = Globals & Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** What a command works with. */
export interface Context {
  readonly world: World;
  readonly io: Io;
  readonly globals: Globals;
  /** Every command there is. */
  readonly commands: Commands;
  /** Opens the hub the command means; it is closed when the command ends. */
  open(): Promise<Workplace>;
  /** Has a hub that was opened another way closed at the end too. */
  own<W extends Workplace>(workplace: W): W;
}

/** What a command answers: one JSON document, or lines for people. */
export interface CommandAnswer {
  readonly json: unknown;
  readonly text: string;
  /** It was printed as it came: nothing is left to print. */
  readonly isPrinted?: boolean;
  /** The text gives commands to the runner of a workflow; its data is escaped. */
  readonly isCommands?: boolean;
  /** With --quiet, printed instead of the text. */
  readonly id?: string;
  /** The exit code where it is not that of success. */
  readonly exit?: number;
}

/** One command: how it is called, and what it does. */
export interface Command {
  /** Positional arguments in commander's notation. */
  readonly usage: string;
  readonly options?: readonly (readonly [flags: string, description: string])[];
  /** Options that may be given more than once; each gets a list. */
  readonly lists?: readonly (readonly [flags: string, description: string])[];
  /** What --help says beside the options: rules that whoever calls it should know. */
  readonly notes?: readonly string[];
  /** Real calls, shown by --help. */
  readonly examples: readonly string[];
  /**
   * The fields of the document that --json prints, as `at, sessions[] {id, name}`: `[]` is a list, `?` may be missing,
   * `; or` is another form. Held by a test to what the command prints.
   */
  readonly prints: string;
  run(context: Context, args: readonly string[], options: Options): Promise<CommandAnswer>;
}

/** Commands by their names; each is loaded when it is needed. */
export type Commands = Readonly<
  Record<string, { readonly summary: string; readonly load: () => Promise<Command> }>
>;

/** Commands on one subject, in the order that help shows them. */
export interface Group {
  readonly heading: string;
  readonly commands: Commands;
}
