import { HiveError } from "../../errors.ts";
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

const BATCH = ["cat-file", "--batch-command"];

/** Reads objects through one `git cat-file` for as long as it is open; questions are answered in order. */
export class ObjectReader {
  readonly #git: Git;
  readonly #questions: Question[] = [];
  #child: Conversation | undefined;
  #unread: Buffer = Buffer.alloc(0);

  constructor(git: Git) {
    this.#git = git;
  }

  /** The objects behind a few names, at once and without a conversation. For small objects only. */
  readNow(names: readonly string[]): (GitObject | undefined)[] {
    const { code, stdout } = this.#git.runNow(BATCH, names.map((name) => `contents ${name}\n`).join(""));
    if (code !== 0) throw unreadable(this.#git, undefined);
    let rest: Buffer = stdout;
    return names.map(() => {
      const taken = takeAnswer(rest, true);
      if (!taken) throw unreadable(this.#git, undefined);
      rest = taken.rest;
      return taken.answer;
    });
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
    const child = this.#git.open(BATCH);
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
      const taken = takeAnswer(this.#unread, question.wantsBytes);
      if (!taken) return;
      this.#unread = taken.rest;
      this.#questions.shift();
      question.resolve(taken.answer);
    }
  }

  #fail(cause: unknown): void {
    this.#child = undefined;
    for (const question of this.#questions.splice(0)) question.reject(unreadable(this.#git, cause));
  }
}

/** The first answer in what git printed, and what comes after it; undefined while it is not all there. */
function takeAnswer(
  printed: Buffer,
  wantsBytes: boolean,
): { answer: GitObject | undefined; rest: Buffer } | undefined {
  const end = printed.indexOf(10);
  if (end < 0) return undefined;
  const [oid = "", type = "", size = "0"] = printed.toString("utf8", 0, end).split(" ");
  const isFound = /^[0-9a-f]{40,64}$/.test(oid) && /^(?:blob|tree|commit|tag)$/.test(type);
  if (!isFound || !wantsBytes) {
    const answer = isFound ? { oid, type, size: Number(size), bytes: printed.subarray(0, 0) } : undefined;
    return { answer, rest: printed.subarray(end + 1) };
  }
  const after = end + 1 + Number(size);
  if (printed.length < after + 1) return undefined;
  const bytes = printed.subarray(end + 1, after);
  return { answer: { oid, type, size: Number(size), bytes }, rest: printed.subarray(after + 1) };
}

function unreadable(git: Git, cause: unknown): HiveError {
  return new HiveError(
    "replica_unreadable",
    `git could not read ${git.directory}.`,
    "See what is wrong, and mend it: hive doctor --fix",
    { cause },
  );
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
