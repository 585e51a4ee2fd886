import { join } from "node:path";
import type { TreeEntry } from "../git/objects.ts";
import { readText, writeAtomically } from "../host/files.ts";
import type { Root } from "./listing.ts";

/** Saves the newest known root of a hub for the next process. Throws file system errors. */
export function writeRootFile(hubDirectory: string, { commit, at, entries }: Root): void {
  writeAtomically(pathIn(hubDirectory), JSON.stringify({ commit, at, entries: [...entries.values()] }));
}

/** Reads the saved root of a hub. Its shape is trusted, because only this host's user writes it. */
export function readRootFile(hubDirectory: string): Root | undefined {
  try {
    const text = readText(pathIn(hubDirectory)) ?? "{}";
    const { commit, at, entries }: Omit<Root, "entries"> & { entries: TreeEntry[] } = JSON.parse(text);
    return { commit, at, entries: new Map(entries.map((entry) => [entry.name, entry])) };
  } catch {
    return undefined;
  }
}

function pathIn(hubDirectory: string): string {
  return join(hubDirectory, "root.json");
}
