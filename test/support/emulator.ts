import xterm from "@xterm/headless";

/** A terminal without a window: what a user would see of what a program writes. */
export class Emulator {
  readonly #terminal: InstanceType<typeof xterm.Terminal>;

  constructor(columns: number, rows: number) {
    this.#terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  }

  write(output: string): Promise<void> {
    return new Promise((resolve) => this.#terminal.write(output, resolve));
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows);
  }

  /** The lines on the screen, without the spaces at their ends. */
  get lines(): string[] {
    const { active } = this.#terminal.buffer;
    return Array.from({ length: this.#terminal.rows }, (_, row) =>
      (active.getLine(active.baseY + row)?.translateToString() ?? "").trimEnd(),
    );
  }

  get text(): string {
    return this.lines.join("\n");
  }

  /** Whether a program shows a screen of its own. */
  get isAlternate(): boolean {
    return this.#terminal.buffer.active.type === "alternate";
  }

  /** Whether a line that is too long goes on in the next one. */
  get isWrapping(): boolean {
    return this.#terminal.modes.wraparoundMode;
  }
}
