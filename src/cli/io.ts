import { disarmCommands, disarmJson } from "../domain/issues/disarm.ts";
import { makeVisible, replaceUnsafe } from "../domain/values/visible.ts";
import type { World } from "../world.ts";

type Style = "green" | "yellow" | "dim" | "bold";

const CODES: Record<Style, readonly [number, number]> = {
  green: [32, 39],
  yellow: [33, 39],
  dim: [2, 22],
  bold: [1, 22],
};

/** Prints all output of a command: results to stdout, notes to stderr, without characters that control a terminal. */
export class Io {
  readonly isJson: boolean;
  readonly isQuiet: boolean;
  readonly #world: World;
  readonly #hasColor: boolean;
  /** Whether this is a GitHub workflow, whose runner reads the output for commands. */
  readonly #isWorkflow: boolean;

  constructor(world: World, options: { json?: boolean; quiet?: boolean; color?: boolean }) {
    this.#world = world;
    this.isJson = options.json === true;
    this.isQuiet = options.quiet === true;
    this.#isWorkflow = world.env.GITHUB_ACTIONS === "true";
    this.#hasColor = options.color !== false && world.isTerminal && !world.env.NO_COLOR && !this.isJson;
  }

  /** Prints the JSON document of a command, with every unsafe character escaped. */
  json(value: unknown): void {
    this.#world.out(`${this.#encodeJson(value)}\n`);
  }

  /** Prints text for the user. `style` is the only source of escape sequences. */
  lines(text: string): void {
    if (text !== "") this.#world.out(`${this.#withoutCommands(text)}\n`);
  }

  /** Prints commands for the runner of a workflow. Their data is already escaped for it. */
  commands(text: string): void {
    if (text !== "") this.#world.out(`${text}\n`);
  }

  /** Prints a note about the result for the user; nothing with --quiet. */
  note(text: string): void {
    if (!this.isQuiet) this.#world.err(`${this.#withoutCommands(makeVisible(text))}\n`);
  }

  error(error: { code: string; message: string; hint: string }): void {
    const { code, message, hint } = error;
    if (this.isJson) this.#world.err(`${this.#encodeJson({ error: { code, message, hint } })}\n`);
    else this.#world.err(`${this.#withoutCommands(`${makeVisible(message)}\n${makeVisible(hint)}`)}\n`);
  }

  #withoutCommands(text: string): string {
    return this.#isWorkflow ? disarmCommands(text) : text;
  }

  #encodeJson(value: unknown): string {
    return this.#isWorkflow ? disarmJson(encodeJson(value)) : encodeJson(value);
  }

  style(style: Style, text: string): string {
    const [on, off] = CODES[style];
    return this.#hasColor ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  }
}

/** Encodes JSON with a `\u` escape for each character that `makeVisible` escapes: the same value, safe on a terminal. */
export function encodeJson(value: unknown): string {
  return replaceUnsafe(JSON.stringify(value), (character) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}
