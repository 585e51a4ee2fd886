import type { UserQuestion } from "../../domain/coding-tools/event.ts";
import { readText, unlink, writeAtomically } from "../host/files.ts";

/** What a coding tool's session asks its user now, as its tool told. Without secrets. */
export interface OpenQuestion extends UserQuestion {
  /** When it was asked, in milliseconds since the epoch. */
  readonly since: number;
}

/** The file with the question that a coding tool's session asks its user now. Most of them are answered at once. */
export class OpenQuestions {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  find(): OpenQuestion | undefined {
    const text = readText(this.#path);
    return text === undefined ? undefined : parse(text);
  }

  note(question: OpenQuestion): void {
    writeAtomically(this.#path, JSON.stringify(question));
  }

  close(): void {
    unlink(this.#path);
  }

  /** Runs an action while no other process of this host does the same. Returns at once where another one does. */
  async alone(act: () => Promise<void>): Promise<void> {
    const { inTurnWithin } = await import("./turn.ts");
    await inTurnWithin(`${this.#path}.turn`, 0, act);
  }
}

/** Only this host's user writes the file. An unreadable one counts as missing. */
function parse(text: string): OpenQuestion | undefined {
  try {
    const value = JSON.parse(text) as OpenQuestion;
    return typeof value.text === "string" && Array.isArray(value.options) ? value : undefined;
  } catch {
    return undefined;
  }
}
