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

const CAT_FILE_ARGS = ["cat-file", "--batch-command"];

/** Reads objects through one `git cat-file` process, which answers questions in order until the reader is closed. */
export class ObjectReader {
  readonly #git: Git;
  readonly #pending: PendingRead[] = [];
  #child: GitProcess | undefined;
  #unread: Buffer = Buffer.alloc(0);

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
      if (!taken) throw unreadable(this.#git, undefined);
      rest = taken.rest;
      return taken.answer;
    });
  }

  /** The object behind a name (oid, ref, `<rev>:<path>`); undefined when there is none. */
  read(name: string): Promise<GitObject | undefined> {
    return this.#ask("contents", name);
  }

  /** The same without the bytes, to learn an object's size before it is read. */
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
      this.#pending.push({ wantsBytes: command === "contents", resolve, reject });
      child.stdin.write(`${command} ${name}\n`);
    });
  }

  #start(): GitProcess {
    const child = this.#git.open(CAT_FILE_ARGS);
    child.stdout.on("data", (chunk: Buffer) => this.#take(chunk));
    child.stdin.on("error", () => undefined);
    child.once("error", (error) => this.#fail(error));
    child.once("close", () => this.#fail(undefined));
    this.#child = child;
    return child;
  }

  #take(chunk: Buffer): void {
    this.#unread = this.#unread.length === 0 ? chunk : Buffer.concat([this.#unread, chunk]);
    for (let read = this.#pending[0]; read; read = this.#pending[0]) {
      const taken = takeAnswer(this.#unread, read.wantsBytes);
      if (!taken) return;
      this.#unread = taken.rest;
      this.#pending.shift();
      read.resolve(taken.answer);
    }
  }

  #fail(cause: unknown): void {
    this.#child = undefined;
    for (const read of this.#pending.splice(0)) read.reject(unreadable(this.#git, cause));
  }
}

/** The first answer in git's output, and the rest of the output; undefined while the answer is incomplete. */
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
    "Find and repair the problem: hive doctor --fix",
    { cause },
  );
}

/** The entries of a tree object, in git's order. An object id is as long as `oid`, the tree's own id. */
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
