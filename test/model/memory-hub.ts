import { Buffer } from "node:buffer";
import { ALWAYS_READ, decide } from "../../src/domain/decide.ts";
import type { Decision, FileChange } from "../../src/domain/decision.ts";
import { FOLDER } from "../../src/domain/hub/layout.ts";
import type { Operation } from "../../src/domain/operation.ts";
import { loadRule } from "../../src/domain/operations.ts";
import { SOURCES } from "../../src/domain/parts.ts";
import type { FilePart, Part, Snapshot } from "../../src/domain/snapshot.ts";
import { checkCommit } from "../../src/domain/validation/commit-rules.ts";
import type { Changed, HubCommit } from "../../src/domain/validation/commits.ts";
import { type DataKind, kindOf, NO_FILES } from "../../src/domain/validation/hub-files.ts";
import type { Decoded } from "../../src/store/decoding/decode.ts";
import { DECODERS } from "../../src/store/decoding/formats.ts";
import { type Examined, examineFile } from "../../src/store/validation/examine.ts";
import { validateTree } from "../../src/store/validation/validate-tree.ts";

/*
 * Rows of acts are replayed and begin alike: what a file says follows from its path and text alone.
 */
const rules = new Map<string, ReturnType<typeof loadRule>>();
const decodings = new Map<string, Promise<Decoded<unknown>>>();
const examinations = new Map<string, Promise<Examined>>();

function remember<Value>(known: Map<string, Value>, key: string, find: (key: string) => Value): Value {
  const value = known.get(key) ?? find(key);
  if (known.size >= 5000) known.clear();
  known.set(key, value);
  return value;
}

/** A hub without git: its files by path, and the operations that changed them. Every state is read back from text. */
export class MemoryHub {
  readonly files = new Map<string, string>();
  /** What was changed, in order. */
  readonly log: Operation[] = [];

  /** The same as another by now; what becomes of them later is their own. */
  copy(): MemoryHub {
    const copy = new MemoryHub();
    for (const [path, text] of this.files) copy.files.set(path, text);
    copy.log.push(...this.log);
    return copy;
  }

  /** Decides an operation on the files as they are, and writes what it comes to. */
  async submit(operation: Operation): Promise<Decision<unknown>> {
    const rule = await remember(rules, operation.kind, loadRule);
    if (rule === undefined) throw new Error(`no operation ${operation.kind}`);
    const state = await this.snapshot([...rule.reads, ...ALWAYS_READ]);
    const decision = decide<unknown, Part, unknown>(rule, state, operation);
    if (decision.kind === "change") await this.#write(operation, decision.files);
    return decision;
  }

  async snapshot(parts: readonly Part[]): Promise<Snapshot> {
    const read = [...new Set(parts)].filter((part) => part !== "paths");
    const state = await Promise.all(read.map(async (part) => [part, await this.#part(part)] as const));
    return Object.fromEntries([...state, ["paths", new Set(this.files.keys())]]) as unknown as Snapshot;
  }

  /** What `hive validate` finds wrong with the files. */
  async faults(now: string): Promise<string[]> {
    const entries = [...this.files].map(([path, text]) => {
      return { path, type: "file" as const, size: Buffer.byteLength(text), handle: path };
    });
    const read = async ({ path }: { path: string }) => Buffer.from(this.files.get(path) ?? "");
    const { findings } = await validateTree({ entries, read }, now);
    return findings.map(({ path, message }) => `${path}: ${message}`);
  }

  async #write(operation: Operation, changes: readonly FileChange[]): Promise<void> {
    const faults = checkCommit(await this.#commit(operation, changes));
    if (faults.length > 0)
      throw new Error(faults.map(({ path, message }) => `${path}: ${message}`).join("\n"));
    for (const change of changes) {
      await this.#insistOnOrder(change);
      if (change.text === undefined) this.files.delete(change.path);
      else this.files.set(change.path, change.text);
    }
    this.log.push(operation);
  }

  /** Whoever reads a record and writes it again changes no byte. */
  async #insistOnOrder({ path, text }: FileChange): Promise<void> {
    if (text === undefined || !path.endsWith(".json") || kindOf(path) === "others") return;
    const again = `${JSON.stringify(await this.#value(path, text), null, 2)}\n`;
    if (again !== text)
      throw new Error(`${path}: read and written again, its keys have another order:\n${text}`);
  }

  /** The commit that a change would be, as the rules on who may change what see it. */
  async #commit({ op, session, kind }: Operation, changes: readonly FileChange[]): Promise<HubCommit> {
    const byKind: Record<string, Changed<unknown>[]> = {};
    for (const { path, text } of changes) {
      const [before, after] = [await this.#value(path, this.files.get(path)), await this.#value(path, text)];
      const changed = { path, before, after, existed: this.files.has(path), exists: text !== undefined };
      byKind[kindOf(path)] = [...(byKind[kindOf(path)] ?? []), changed];
    }
    return {
      id: op,
      author: session,
      sessions: [session],
      kinds: [kind],
      ops: [op],
      isMerge: false,
      changes: { ...NO_FILES, originals: [], ...byKind } as HubCommit["changes"],
    };
  }

  async #value(path: string, text: string | undefined): Promise<unknown> {
    const kind = kindOf(path);
    if (text === undefined || kind === "originals" || kind === "others") return undefined;
    const examined = await remember(examinations, `${path}\n${text}`, () =>
      examineFile(kind as DataKind, path, Buffer.from(text)),
    );
    return "value" in examined ? examined.value : undefined;
  }

  async #part(part: FilePart): Promise<unknown> {
    const { path: place, newest, collect } = SOURCES[part];
    const paths = [...this.files.keys()].filter((path) => `${path}/`.startsWith(`${FOLDER}/${place}/`));
    const chosen = paths.sort().reverse().slice(0, newest);
    return collect(await Promise.all(chosen.map((path) => this.#decode(part, path))));
  }

  async #decode(part: FilePart, path: string): Promise<unknown> {
    const text = this.files.get(path) ?? "";
    const decoded = await remember(decodings, `${path}\n${text}`, () =>
      DECODERS[part](path, Buffer.from(text)),
    );
    if ("finding" in decoded) throw new Error(`${path}: ${decoded.finding.message}`);
    return decoded.value;
  }
}
