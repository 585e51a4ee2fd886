import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { HiveError } from "../../errors.ts";
import { kindOf, type SeedFile } from "../../importers/bash-tools/seed-file.ts";

/** A directory with more entries than this is somebody's home, not what the old tools left. */
const MAX_ENTRIES = 20_000;

const LEFT_OUT = new Set([".git", "node_modules"]);

export interface SeedDirectory {
  readonly files: readonly SeedFile[];
  /** Links, which are never followed. */
  readonly links: readonly string[];
}

/** Reads what the old tools left below a directory; of files that nothing is made of, only the path. Throws HiveError. */
export function readSeedDirectory(directory: string): SeedDirectory {
  const entries = listEntries(directory).filter(
    ({ parentPath }) => !isLeftOut(parentPath.slice(directory.length)),
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

function isLeftOut(path: string): boolean {
  return path.split(sep).some((part) => LEFT_OUT.has(part));
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
