import { HiveError } from "../hive-error.ts";
import type { Conversation, Git } from "./git.ts";

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

interface Question {
  readonly wantsBytes: boolean;
  resolve(answer: GitObject | undefined): void;
  reject(error: unknown): void;
}

/** Reads objects through one `git cat-file` for as long as it is open; questions are answered in order. */
export class ObjectReader {
  readonly #git: Git;
  readonly #questions: Question[] = [];
  #child: Conversation | undefined;
  #unread: Buffer = Buffer.alloc(0);

  constructor(git: Git) {
    this.#git = git;
  }

  /** The object behind a name (oid, ref, `<rev>:<path>`), or undefined when there is none. */
  read(name: string): Promise<GitObject | undefined> {
    return this.#ask("contents", name);
  }

  /** The same without its bytes: how large it is, before anything of it is read. */
  inspect(name: string): Promise<GitObject | undefined> {
    return this.#ask("info", name);
  }

  close(): void {
    this.#child?.stdin.end();
    this.#child = undefined;
  }

  #ask(command: "contents" | "info", name: string): Promise<GitObject | undefined> {
    const child = this.#child ?? this.#start();
    return new Promise((resolve, reject) => {
      this.#questions.push({ wantsBytes: command === "contents", resolve, reject });
      child.stdin.write(`${command} ${name}\n`);
    });
  }

  #start(): Conversation {
    const child = this.#git.open(["cat-file", "--batch-command"]);
    child.stdout.on("data", (chunk: Buffer) => this.#take(chunk));
    child.stdin.on("error", () => undefined);
    child.once("error", (error) => this.#fail(error));
    child.once("close", () => this.#fail(undefined));
    this.#child = child;
    return child;
  }

  #take(chunk: Buffer): void {
    this.#unread = this.#unread.length === 0 ? chunk : Buffer.concat([this.#unread, chunk]);
    for (let question = this.#questions[0]; question; question = this.#questions[0]) {
      const end = this.#unread.indexOf(10);
      if (end < 0) return;
      const [oid = "", type = "", size = "0"] = this.#unread.toString("utf8", 0, end).split(" ");
      const isFound = /^[0-9a-f]{40,64}$/.test(oid) && /^(?:blob|tree|commit|tag)$/.test(type);
      const length = isFound && question.wantsBytes ? Number(size) : -1;
      if (this.#unread.length < end + 1 + length + 1) return;
      const bytes = this.#unread.subarray(end + 1, Math.max(end + 1, end + 1 + length));
      this.#unread = this.#unread.subarray(end + 1 + length + 1);
      this.#questions.shift();
      question.resolve(isFound ? { oid, type, size: Number(size), bytes } : undefined);
    }
  }

  #fail(cause: unknown): void {
    this.#child = undefined;
    for (const question of this.#questions.splice(0))
      question.reject(
        new HiveError("replica_unreadable", `git could not read ${this.#git.directory}.`, "Check: git fsck", {
          cause,
        }),
      );
  }
}

/** The entries of a tree object, as git stores them; an object id is as long as `oid`, the tree's own. */
export function parseTree({ bytes, oid }: GitObject): TreeEntry[] {
  const entries: TreeEntry[] = [];
  const idLength = oid.length / 2;
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(32, at);
    const nul = bytes.indexOf(0, space);
    entries.push({
      mode: bytes.toString("latin1", at, space),
      name: bytes.toString("utf8", space + 1, nul),
      oid: bytes.toString("hex", nul + 1, nul + 1 + idLength),
    });
    at = nul + 1 + idLength;
  }
  return entries;
}
