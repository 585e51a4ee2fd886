/** A simple command of a line: its words, and the files into which its output is redirected. */
export interface SimpleCommand {
  readonly words: readonly string[];
  readonly targets: readonly string[];
}

/** How much of a line is searched: what follows is text of a file, as in a here-document. */
const SEARCHED_CHARACTERS = 20_000;

/** The kinds of a piece of a line for a shell, of which the first that fits counts. Pieces of a word follow each other; all others end it. */
const PIECES = [
  /(?<blank>[ \t\r]+|\\\n|(?<![^\s;&|(])#[^\n]*)/y,
  /<<-?[ \t]*(?<quote>["']?)(?<end>[\w.-]+)\k<quote>/y,
  /(?<output>[\d&]?>>?\|?(?![&(]))/y,
  /(?<input><{1,3}(?![&(]))|(?<copy>\d?[<>][&(][\d-]?)/y,
  /(?<operator>[;&|\n(){}]+)/y,
  /'(?<single>[^']*)'?|"(?<double>(?:[^"\\]|\\[\s\S])*)"?|\\(?<escaped>[\s\S])|(?<plain>[^\s;&|(){}<>'"\\]+|[\s\S])/y,
] as const;

/** The piece at a place of a line; undefined at its end. */
function pieceAt(line: string, at: number): RegExpExecArray | undefined {
  for (const kind of PIECES) {
    kind.lastIndex = at;
    const piece = kind.exec(line);
    if (piece !== null) return piece;
  }
  return undefined;
}

/** Splits a line for a shell into its simple commands. The texts of here-documents are left out. */
export function commandsIn(whole: string): SimpleCommand[] {
  const line = whole.slice(0, SEARCHED_CHARACTERS);
  const reader = new Reader();
  let at = 0;
  for (let piece = pieceAt(line, at); piece !== undefined; piece = pieceAt(line, at)) {
    const { groups = {} } = piece;
    at += piece[0].length;
    const part = partOf(groups);
    if (part !== undefined) reader.word(part);
    else reader.end(groups);
    if (groups.operator?.includes("\n")) at = reader.afterTexts(line, at);
  }
  reader.end({});
  return reader.commands;
}

type Groups = Readonly<Record<string, string | undefined>>;

/** A part of a word without its quotes; undefined for any other piece. */
function partOf({ single, double, escaped, plain }: Groups): string | undefined {
  return single ?? double?.replace(/\\(["\\$`])/g, "$1") ?? escaped ?? plain;
}

/** What was read of a line so far. */
class Reader {
  readonly commands: { readonly words: string[]; readonly targets: string[] }[] = [
    { words: [], targets: [] },
  ];
  /** The ends of the here-documents whose texts follow the next line end. */
  readonly #ends: string[] = [];
  #word: string | undefined;
  /** What the next word is. */
  #role: "word" | "target" | "source" = "word";

  word(part: string): void {
    this.#word = (this.#word ?? "") + part;
  }

  /** Ends a word at a piece that is none. */
  end({ end, output, input, operator }: Groups): void {
    const command = this.commands.at(-1);
    if (this.#word !== undefined) {
      if (this.#role === "target") command?.targets.push(this.#word);
      if (this.#role === "word") command?.words.push(this.#word);
      this.#role = "word";
    }
    this.#word = undefined;
    if (end !== undefined) this.#ends.push(end);
    if (output !== undefined) this.#role = "target";
    if (input !== undefined) this.#role = "source";
    if (operator === undefined) return;
    this.#role = "word";
    this.commands.push({ words: [], targets: [] });
  }

  /** Where a line goes on after the texts of its here-documents. */
  afterTexts(line: string, at: number): number {
    let next = at;
    for (const end of this.#ends.splice(0)) {
      const rest = line.slice(next).split("\n");
      const last = rest.findIndex((each) => each.replace(/^\t+/, "") === end);
      next = last < 0 ? line.length : next + rest.slice(0, last + 1).join("\n").length;
    }
    return next;
  }
}
