import { nextTick } from "node:process";
import { HiveError } from "../../errors.ts";
import type { Git, GitProcess } from "./git.ts";

export interface GitObject {
  readonly oid: string;
  readonly type: string;
  readonly size: number;
  readonly bytes: Buffer;
}

export interface TreeEntry {
  readonly mode: string;
  readonly name: string;
  readonly oid: string;
}

interface PendingRead {
  readonly wantsBytes: boolean;
  resolve(answer: GitObject | undefined): void;
  reject(error: unknown): void;
}

/** Git answers all questions up to a `flush`, or the end, at once. One by one, each answer would cost a system call. */
const CAT_FILE_ARGS = ["cat-file", "--batch-command", "--buffer"];

/**
 * Reads objects through one `git cat-file` process, which answers questions in order until the reader is closed. A later
 * question starts another one.
 */
export class ObjectReader {
  readonly #git: Git;
  #catFile: CatFile | undefined;

  constructor(git: Git) {
    this.#git = git;
  }

  /** Reads the objects behind a few names synchronously, in a process of its own. For small objects only. */
  readNow(names: readonly string[]): (GitObject | undefined)[] {
    return this.#askNow("contents", names);
  }

  /** The same without the bytes. */
  inspectNow(names: readonly string[]): (GitObject | undefined)[] {
    return this.#askNow("info", names);
  }

  #askNow(command: "contents" | "info", names: readonly string[]): (GitObject | undefined)[] {
    const { code, stdout } = this.#git.runNow(
      CAT_FILE_ARGS,
      names.map((name) => `${command} ${name}\n`).join(""),
    );
    if (code !== 0) throw unreadable(this.#git, undefined);
    let rest: Buffer = stdout;
    return names.map(() => {
      const taken = takeAnswer(rest, command === "contents");
      if ("neededBytes" in taken) throw unreadable(this.#git, undefined);
      rest = taken.rest;
      return taken.answer;
    });
  }

  /** The object behind a name (oid, ref, `<rev>:<path>`); undefined when there is none. */
  read(name: string): Promise<GitObject | undefined> {
    return this.#running().ask("contents", name);
  }

  /** The same without the bytes, to learn an object's size before it is read. */
  inspect(name: string): Promise<GitObject | undefined> {
    return this.#running().ask("info", name);
  }

  /** Ends git after its answers to what was asked. */
  close(): void {
    this.#catFile?.close();
    this.#catFile = undefined;
  }

  #running(): CatFile {
    if (this.#catFile?.hasEnded !== false) this.#catFile = new CatFile(this.#git);
    return this.#catFile;
  }
}

/** One `git cat-file` process, and the questions that it has not answered yet. */
class CatFile {
  readonly #git: Git;
  readonly #child: GitProcess;
  readonly #pending: PendingRead[] = [];
  /** Questions that are sent together, once everything that is going to ask now has asked. */
  #unsent = "";
  /** What git has printed and no read has taken, in the pieces in which it came. */
  #unread: Buffer[] = [];
  #unreadBytes = 0;
  /** With fewer bytes than these, the next answer is not complete. */
  #neededBytes = 0;
  #hasEnded = false;

  constructor(git: Git) {
    this.#git = git;
    this.#child = git.open(CAT_FILE_ARGS);
    this.#child.stdout.on("data", (chunk: Buffer) => this.#take(chunk));
    this.#child.stdin.on("error", () => undefined);
    this.#child.once("error", (error) => this.#end(error));
    this.#child.once("close", () => this.#end(undefined));
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  ask(command: "contents" | "info", name: string): Promise<GitObject | undefined> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ wantsBytes: command === "contents", resolve, reject });
      if (this.#unsent === "") nextTick(() => this.#send());
      this.#unsent += `${command} ${name}\n`;
    });
  }

  /** Ends git after its answers to what was asked. */
  close(): void {
    this.#send();
    this.#child.stdin.end();
  }

  #send(): void {
    if (this.#unsent === "") return;
    this.#child.stdin.write(`${this.#unsent}flush\n`);
    this.#unsent = "";
  }

  #take(chunk: Buffer): void {
    this.#unread.push(chunk);
    this.#unreadBytes += chunk.length;
    // A large object comes in many pieces. They are joined once, because joining copies all that came before.
    if (this.#unreadBytes < this.#neededBytes) return;
    let unread: Buffer = this.#unread.length === 1 ? chunk : Buffer.concat(this.#unread);
    this.#neededBytes = 0;
    for (let read = this.#pending[0]; read; read = this.#pending[0]) {
      const taken = takeAnswer(unread, read.wantsBytes);
      if ("neededBytes" in taken) {
        this.#neededBytes = taken.neededBytes;
        break;
      }
      unread = taken.rest;
      this.#pending.shift();
      read.resolve(taken.answer);
    }
    this.#unread = [unread];
    this.#unreadBytes = unread.length;
  }

  #end(cause: unknown): void {
    this.#hasEnded = true;
    this.#unsent = "";
    for (const read of this.#pending.splice(0)) read.reject(unreadable(this.#git, cause));
  }
}

/** The first answer in git's output, and the rest of the output; or how many bytes the whole answer has at least. */
function takeAnswer(
  printed: Buffer,
  wantsBytes: boolean,
): { answer: GitObject | undefined; rest: Buffer } | { neededBytes: number } {
  const end = printed.indexOf(10);
  if (end < 0) return { neededBytes: printed.length + 1 };
  const [oid = "", type = "", size = "0"] = printed.toString("utf8", 0, end).split(" ");
  const isFound = /^[0-9a-f]{40,64}$/.test(oid) && /^(?:blob|tree|commit|tag)$/.test(type);
  if (!isFound || !wantsBytes) {
    const answer = isFound ? { oid, type, size: Number(size), bytes: printed.subarray(0, 0) } : undefined;
    return { answer, rest: printed.subarray(end + 1) };
  }
  const after = end + 1 + Number(size);
  if (printed.length < after + 1) return { neededBytes: after + 1 };
  const bytes = printed.subarray(end + 1, after);
  return { answer: { oid, type, size: Number(size), bytes }, rest: printed.subarray(after + 1) };
}

function unreadable(git: Git, cause: unknown): HiveError {
  return new HiveError(
    "replica_unreadable",
    `git could not read ${git.directory}.`,
    "Find and repair the problem: hive doctor --fix",
    { cause },
  );
}

/** A tree object, of which each entry is made only when it is asked for, because a tree may have 100,000. */
export class Tree {
  readonly #bytes: Buffer;
  /** An object id is as long as the tree's own. */
  readonly #idLength: number;
  readonly #starts: number[] = [];

  constructor({ bytes, oid }: GitObject) {
    this.#bytes = bytes;
    this.#idLength = oid.length / 2;
    for (let at = 0; at < bytes.length; ) {
      const nul = bytes.indexOf(0, at);
      if (nul < 0) break;
      this.#starts.push(at);
      at = nul + 1 + this.#idLength;
    }
  }

  get size(): number {
    return this.#starts.length;
  }

  /** The entry at an index, in git's order. */
  entry(index: number): TreeEntry {
    const at = this.#starts[index] ?? 0;
    const nul = this.#nul(index);
    const space = this.#bytes.indexOf(32, at);
    return {
      mode: this.#bytes.toString("latin1", at, space),
      name: this.#bytes.toString("utf8", space + 1, nul),
      oid: this.#bytes.toString("hex", nul + 1, nul + 1 + this.#idLength),
    };
  }

  /** Whether an entry is a plain file whose name ends with an ASCII text. Told without making the entry. */
  isFile(index: number, ending: string): boolean {
    const at = this.#nul(index) - ending.length;
    return this.#has("100", this.#starts[index] ?? 0) && this.#has(ending, at);
  }

  *[Symbol.iterator](): Generator<TreeEntry> {
    for (let index = 0; index < this.size; index++) yield this.entry(index);
  }

  #has(text: string, at: number): boolean {
    for (let index = 0; index < text.length; index++)
      if (this.#bytes[at + index] !== text.charCodeAt(index)) return false;
    return true;
  }

  #nul(index: number): number {
    return (this.#starts[index + 1] ?? this.#bytes.length) - this.#idLength - 1;
  }
}
