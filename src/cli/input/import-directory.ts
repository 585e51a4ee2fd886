import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { HiveError } from "../../errors.ts";
import { kindOf, type SeedFile } from "../../importers/bash-tools/seed-file.ts";

/** A directory with more entries is probably a home directory, not the files of the old tools. */
const MAX_ENTRIES = 20_000;

const SKIPPED_NAMES = new Set([".git", "node_modules"]);

export interface SeedDirectory {
  readonly files: readonly SeedFile[];
  /** Symbolic links. They are never followed. */
  readonly links: readonly string[];
}

/** Reads the old tools' files below a directory. Of files that are not imported, it reads only the path. Throws HiveError. */
export function readSeedDirectory(directory: string): SeedDirectory {
  const entries = listEntries(directory).filter(
    ({ parentPath }) => !isSkipped(parentPath.slice(directory.length)),
  );
  if (entries.length > MAX_ENTRIES)
    throw new HiveError(
      "too_many_files",
      `${directory} has more than ${MAX_ENTRIES} entries.`,
      "Name the directory that holds REGISTRY.json or MESSAGES.md.",
    );
  const pathOf = (entry: { parentPath: string; name: string }) =>
    join(entry.parentPath.slice(directory.length), entry.name).split(sep).filter(Boolean).join("/");
  const plain = entries.filter((entry) => entry.isFile()).map(pathOf);
  return {
    files: plain.map((path) => ({
      path,
      bytes: kindOf(path) === undefined ? new Uint8Array() : readFileSync(join(directory, path)),
    })),
    links: entries.filter((entry) => entry.isSymbolicLink()).map(pathOf),
  };
}

function isSkipped(path: string): boolean {
  return path.split(sep).some((part) => SKIPPED_NAMES.has(part));
}

function listEntries(directory: string) {
  try {
    return readdirSync(directory, { recursive: true, withFileTypes: true });
  } catch (cause) {
    throw new HiveError("no_directory", `${directory} cannot be read as a directory.`, "Check the path.", {
      cause,
    });
  }
}
