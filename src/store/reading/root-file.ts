import { join } from "node:path";
import type { TreeEntry } from "../git/objects.ts";
import { readText, writeAtomically } from "../host/files.ts";
import type { Root } from "./listing.ts";

/** Keeps the newest known root of a hub for the next process. */
export function writeRootFile(hubDirectory: string, { commit, entries }: Root): void {
  try {
    writeAtomically(pathIn(hubDirectory), JSON.stringify({ commit, entries: [...entries.values()] }));
  } catch {
    // A full or read-only disk makes the next look slower and nothing else.
    return;
  }
}

/** The root that was kept of a hub. Only this host's own user writes it, so its shape is trusted. */
export function readRootFile(hubDirectory: string): Root | undefined {
  try {
    const text = readText(pathIn(hubDirectory)) ?? "{}";
    const { commit, entries }: { commit: string; entries: TreeEntry[] } = JSON.parse(text);
    return { commit, entries: new Map(entries.map((entry) => [entry.name, entry])) };
  } catch {
    return undefined;
  }
}

function pathIn(hubDirectory: string): string {
  return join(hubDirectory, "root.json");
}
