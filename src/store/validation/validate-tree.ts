import { DEFAULT_SETTINGS } from "../../domain/hub/default-settings.ts";
import { FOLDER, SETTINGS_PATH } from "../../domain/hub/layout.ts";
import {
  MAX_FILES_OF_FLOOD,
  MAX_FILES_OF_KIND,
  MAX_OTHER_FILES,
  WHOLE_KINDS,
} from "../../domain/hub/limits.ts";
import type { Settings } from "../../domain/hub/settings.ts";
import { checkSize, checkType, sizeLimit } from "../../domain/validation/entries.ts";
import {
  type FileKind,
  type Held,
  type HubFault,
  type HubFiles,
  kindOf,
  NO_FILES,
} from "../../domain/validation/hub-files.ts";
import { secretsInFile } from "../../domain/validation/secrets.ts";
import { checkState } from "../../domain/validation/state-rules.ts";
import type { Finding } from "../../domain/values/finding.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { type Examined, examineFile, examineOther, MAX_SEARCHED_BYTES } from "./examine.ts";
import type { HubFile, HubTree } from "./hub-tree.ts";
import { positionsIn } from "./pinpoint.ts";

/** The number of files that were checked, and all findings. */
export interface Validation {
  readonly files: number;
  readonly findings: readonly Finding[];
  /** What looks wrong and may be right. It makes no hub invalid. */
  readonly warnings: readonly Finding[];
}

/** The most findings and the most warnings. A hub with more is in such disorder that nobody reads on. */
const MAX_FINDINGS = 10_000;

/** How many files are in memory at once. */
const BATCH_FILES = 64;

/** Checks every file of a hub's folder on its own, and then the rules between files. */
export async function validateTree(tree: HubTree, now: Instant): Promise<Validation> {
  const { findings, doubts, held } = await examineFiles(tree);
  const faults = checkState(collect(tree, held), now);
  const left = Math.max(0, MAX_FINDINGS - findings.length);
  const located = await locateFaults(tree, faults.slice(0, left));
  return {
    files: tree.entries.length,
    findings: [...findings, ...located, ...(faults.length > left || left === 0 ? [AND_MORE] : [])],
    warnings: await locateFaults(tree, doubts.slice(0, MAX_FINDINGS)),
  };
}

/** What the files say on their own: the findings, what looks wrong, and the values of the readable ones. */
async function examineFiles(tree: HubTree) {
  const findings: Finding[] = [];
  const doubts: HubFault[] = [];
  const held = new Map<FileKind, Held<unknown>[]>();
  const limit = await settingsLimit(tree);
  const examinable = withinCounts(tree.entries);
  for (let start = 0; start < examinable.length && findings.length < MAX_FINDINGS; start += BATCH_FILES) {
    const batch = examinable.slice(start, start + BATCH_FILES);
    const examined = await Promise.all(batch.map((entry) => examineEntry(tree, entry, limit)));
    for (const [index, result] of examined.entries()) {
      const path = batch[index]?.path ?? "";
      if ("findings" in result) findings.push(...result.findings);
      else append(held, kindOf(path), { path, value: result.value });
      const content = "value" in result ? result.value : result.text;
      if (doubts.length < MAX_FINDINGS) doubts.push(...secretsInFile(path, content));
    }
  }
  return { findings, doubts, held };
}

const AND_MORE: Finding = {
  path: FOLDER,
  line: 1,
  column: 1,
  rule: "count",
  message: `at least ${MAX_FINDINGS} findings; the others are left out`,
};

/**
 * The entries without those that no reader reads, because their kind has too many. A rule reports these kinds. The kinds
 * with few files come first, so that a flood of one hides no fault in the others.
 */
function withinCounts(entries: readonly HubFile[]): HubFile[] {
  const kinds = new Map<FileKind, HubFile[]>();
  for (const entry of entries) append(kinds, kindOf(entry.path), entry);
  const fewestFirst = [...kinds].sort(([, a], [, b]) => a.length - b.length);
  return fewestFirst.flatMap(([kind, inKind]) => inKind.slice(0, mostOf(kind, inKind.length)));
}

function mostOf(kind: FileKind, count: number): number {
  if (kind === "others") return MAX_OTHER_FILES;
  return WHOLE.has(kind) && count > MAX_FILES_OF_KIND ? MAX_FILES_OF_FLOOD : count;
}

const WHOLE: ReadonlySet<FileKind> = new Set(WHOLE_KINDS);

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/**
 * Reads the settings first, because they limit the size of files. Their own findings are found with those of other
 * files.
 */
async function settingsLimit(tree: HubTree): Promise<number> {
  const entry = tree.entries.find(({ path }) => path === SETTINGS_PATH);
  const { file_bytes } = DEFAULT_SETTINGS.limits;
  if (!entry) return file_bytes;
  const examined = await examineEntry(tree, entry, file_bytes);
  return "value" in examined ? (examined.value as Settings).limits.file_bytes : file_bytes;
}

/** A file without a value has its text, unless it is too long to be searched for secrets. */
type ExaminedEntry = Examined & { readonly text?: string };

async function examineEntry(tree: HubTree, entry: HubFile, limit: number): Promise<ExaminedEntry> {
  const { path, type, size } = entry;
  const kind = kindOf(path);
  const faults = [...checkType(path, type), ...checkSize(path, size, sizeLimit(kind, limit))];
  if (faults.length > 0) return { findings: faults.map((fault) => ({ ...fault, line: 1, column: 1 })) };
  if (kind === "originals" && size > MAX_SEARCHED_BYTES) return { findings: [] };
  const bytes = await tree.read(entry);
  if (!bytes)
    return {
      findings: [
        { path, line: 1, column: 1, rule: "missing", message: "the content of the file is missing" },
      ],
    };
  const text = size > MAX_SEARCHED_BYTES ? "" : new TextDecoder().decode(bytes);
  if (kind === "originals") return { findings: [], text };
  return kind === "others" ? { findings: examineOther(path, bytes), text } : examineFile(kind, path, bytes);
}

/** Groups the values by kind. The schema of a kind has checked their types. */
function collect(tree: HubTree, held: ReadonlyMap<FileKind, readonly Held<unknown>[]>): HubFiles {
  const paths = tree.entries.map(({ path }) => path);
  const read = new Set([...held.values()].flatMap((files) => files.map(({ path }) => path)));
  const isData = (path: string) => !["originals", "others"].includes(kindOf(path));
  const files = {
    ...NO_FILES,
    ...Object.fromEntries(held),
  };
  const unread = new Set(paths.filter((path) => isData(path) && !read.has(path)));
  return { ...(files as Omit<HubFiles, "paths" | "unread">), paths: new Set(paths), unread };
}

/** Adds lines and columns to faults. The text is read again, because it was not kept and few files have faults. */
async function locateFaults(tree: HubTree, faults: readonly HubFault[]): Promise<Finding[]> {
  const entries = new Map(tree.entries.map((entry) => [entry.path, entry]));
  const byPath = new Map<string, HubFault[]>();
  for (const fault of faults) append(byPath, fault.path, fault);
  const findings: Finding[] = [];
  for (const [path, inFile] of byPath) {
    const entry = entries.get(path);
    const needsText = entry && inFile.some(({ key, offset }) => key !== undefined || offset !== undefined);
    const text = needsText ? new TextDecoder().decode(await tree.read(entry)) : "";
    const positionOf = await positionsIn(kindOf(path), text, inFile);
    for (const { rule, message, key = [], offset = key.length === 0 ? 0 : undefined } of inFile)
      findings.push({
        path,
        ...(await positionOf(offset === undefined ? { key } : { offset })),
        rule,
        message,
      });
  }
  return findings;
}
