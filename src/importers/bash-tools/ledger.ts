import { originalPath } from "../../domain/maintenance/operations/import.ts";
import { hashOf } from "./hash.ts";
import type { SeedFile } from "./seed-file.ts";

/** Most bytes of a file that the hub keeps as an original: 1 MiB. */
export const MAX_ORIGINAL_BYTES = 1_048_576;

interface LedgerEntry {
  readonly path: string;
  readonly reason: string;
}

/** The result for every file of the directory, and the originals that the hub keeps. */
interface Accounts {
  readonly read: string[];
  readonly salvaged: LedgerEntry[];
  readonly rejected: LedgerEntry[];
  readonly ignored: string[];
  readonly originals: { path: string; text: string }[];
}

/** Records the result for each file, so that none is forgotten. */
export interface Ledger {
  ignore(file: SeedFile): void;
  /** The file could not be read. Overrides every note. */
  reject(file: SeedFile, reason: string): void;
  /** The file was read, but not completely unchanged. */
  note(file: SeedFile, reason: string): void;
  /** The hub keeps the file's bytes even if it was read completely. */
  keep(file: SeedFile): void;
  close(): Accounts;
}

/** Opens a ledger for these files. A file without an entry counts as read. */
export function openLedger(files: readonly SeedFile[]): Ledger {
  const ignored = new Set<SeedFile>();
  const kept = new Set<SeedFile>();
  const rejected = new Map<SeedFile, string>();
  const notes = new Map<SeedFile, Set<string>>();
  return {
    ignore: (file) => ignored.add(file),
    keep: (file) => kept.add(file),
    reject: (file, reason) => rejected.set(file, reason),
    note: (file, reason) => notes.set(file, (notes.get(file) ?? new Set()).add(reason)),
    close() {
      const salvaged = files.filter((file) => notes.has(file) && !rejected.has(file));
      const refused = files.filter((file) => rejected.has(file));
      const originals = new Set([...kept, ...salvaged, ...refused]);
      return {
        read: files
          .filter((file) => !ignored.has(file) && !rejected.has(file) && !notes.has(file))
          .map(pathOf),
        ignored: [...ignored].map(pathOf),
        salvaged: salvaged.map((file) => ({
          path: file.path,
          reason: [...(notes.get(file) ?? [])].join("; "),
        })),
        rejected: refused.map((file) => ({
          path: file.path,
          reason: rejected.get(file) + locationNote(file),
        })),
        originals: keepOriginals([...originals]),
      };
    },
  };
}

function pathOf({ path }: SeedFile): string {
  return path;
}

function locationNote({ bytes }: SeedFile): string {
  if (bytes.length <= MAX_ORIGINAL_BYTES) return "";
  return `; too large to keep, so its bytes stay only in the imported directory: sha256 ${hashOf(bytes)}`;
}

/** Originals with the same bytes and the same name are kept once. */
function keepOriginals(files: readonly SeedFile[]): { path: string; text: string }[] {
  const small = files.filter((file) => file.bytes.length <= MAX_ORIGINAL_BYTES);
  return [...new Map(small.map(keepOriginal).map((original) => [original.path, original])).values()];
}

/** The bytes as text if a file of the hub may hold them, else in base64. */
function keepOriginal({ path, bytes }: SeedFile): { path: string; text: string } {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const text = asPlainText(bytes);
  return text === undefined
    ? {
        path: originalPath(hashOf(bytes), `${name}.base64`),
        text: `${Buffer.from(bytes).toString("base64")}\n`,
      }
    : { path: originalPath(hashOf(bytes), name), text };
}

function asPlainText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}
