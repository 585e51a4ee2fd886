import { disarmCommands, disarmJson } from "../domain/issues/disarm.ts";
import { makeVisible, replaceUnsafe } from "../domain/values/visible.ts";
import { wrongCall } from "../errors.ts";
import type { World } from "../world.ts";
import { Progress } from "./progress.ts";
import { type Page, plainLines, type Style } from "./render/table.ts";

const CODES: Record<Style, readonly [number, number]> = {
  green: [32, 39],
  yellow: [33, 39],
  red: [31, 39],
  dim: [2, 22],
  bold: [1, 22],
};

const COLOR_MODES = ["auto", "always", "never"];

/** Prints all output of a command: results to stdout, notes to stderr, without characters that control a terminal. */
export class Io {
  readonly isJson: boolean;
  readonly isQuiet: boolean;
  /** Whether a user reads the results on a terminal. */
  readonly isTerminal: boolean;
  readonly #world: World;
  readonly #hasColor: boolean;
  /** Whether this is a GitHub workflow, whose runner reads the output for commands. */
  readonly #isWorkflow: boolean;
  readonly #progress: Progress;

  /** Throws HiveError where `color` is no mode. */
  constructor(world: World, options: { json?: boolean; quiet?: boolean; color?: string | false }) {
    this.#world = world;
    this.isJson = options.json === true;
    this.isQuiet = options.quiet === true;
    this.#isWorkflow = world.env.GITHUB_ACTIONS === "true";
    this.isTerminal = world.isTerminal && !this.isJson;
    this.#progress = new Progress(world);
    this.#hasColor = hasColor(world, options.color) && !this.isJson;
  }

  /** Shows on a terminal what the command does, while it takes longer than a second. */
  busy(doing: string): void {
    if (!this.isQuiet) this.#progress.start(doing);
  }

  /** Shows no more what the command does: it has ended, or it waits for the user or for others. */
  idle(): void {
    this.#progress.stop();
  }

  /** Prints the JSON document of a command, with every unsafe character escaped. */
  json(value: unknown): void {
    this.#out(`${this.#encodeJson(value)}\n`);
  }

  /** Prints text for the user. */
  lines(text: string): void {
    if (text !== "") this.#out(`${this.#withoutCommands(text)}\n`);
  }

  /** Prints text and tables: on a terminal as wide as it is, elsewhere a line for each row. */
  async show(page: Page): Promise<void> {
    if (!this.isTerminal) return this.lines(plainLines(page, this.style).join("\n"));
    const { columnsOf, terminalLines } = await import("./render/terminal.ts");
    const width = columnsOf(this.#world.columns(), this.#world.env.COLUMNS);
    this.lines(terminalLines(page, width, this.style).join("\n"));
  }

  /** Prints commands for the runner of a workflow. Their data is already escaped for it. */
  commands(text: string): void {
    if (text !== "") this.#out(`${text}\n`);
  }

  /** Prints a note about the result for the user; nothing with --quiet. */
  note(text: string): void {
    if (!this.isQuiet) this.#err(`${this.#withoutCommands(makeVisible(text))}\n`);
  }

  error(error: { code: string; message: string; hint: string }): void {
    const { code, message, hint } = error;
    if (this.isJson) this.#err(`${this.#encodeJson({ error: { code, message, hint } })}\n`);
    else this.#err(`${this.#withoutCommands(`${makeVisible(message)}\n${makeVisible(hint)}`)}\n`);
  }

  #out(text: string): void {
    this.#progress.clear();
    this.#world.out(text);
  }

  #err(text: string): void {
    this.#progress.clear();
    this.#world.err(text);
  }

  #withoutCommands(text: string): string {
    return this.#isWorkflow ? disarmCommands(text) : text;
  }

  #encodeJson(value: unknown): string {
    return this.#isWorkflow ? disarmJson(encodeJson(value)) : encodeJson(value);
  }

  /** Returns a text in a style, which is the only source of escape sequences. */
  readonly style = (style: Style, text: string): string => {
    const [on, off] = CODES[style];
    return this.#hasColor ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  };
}

/** Whether results have colors: as the option says, else as the variables say, else on a terminal. */
function hasColor({ env, isTerminal }: World, mode: string | false = "auto"): boolean {
  if (mode === false) return false;
  if (!COLOR_MODES.includes(mode))
    throw wrongCall(`--color cannot be ${JSON.stringify(mode)}.`, "Give auto, always or never.");
  if (mode !== "auto") return mode === "always";
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return !/^(?:0|false)$/.test(env.FORCE_COLOR);
  return isTerminal && env.TERM !== "dumb";
}

/**
 * Encodes JSON without the keys whose value does not exist, and with a `\u` escape for each character that `makeVisible`
 * escapes: the same text, safe on a terminal.
 */
export function encodeJson(value: unknown): string {
  return replaceUnsafe(JSON.stringify(value, withoutNull), (character) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

function withoutNull(_key: string, value: unknown): unknown {
  return value === null ? undefined : value;
}
