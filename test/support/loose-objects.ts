import { readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "./sandbox.ts";

/** Stores each object of a repository in a file of its own, so that a test can damage one of them. */
export async function unpack(sandbox: Sandbox, repository: string): Promise<void> {
  const packs = join(repository, "objects/pack");
  const aside = sandbox.folder("packs-aside");
  for (const name of readdirSync(packs)) renameSync(join(packs, name), join(aside, name));
  for (const name of readdirSync(aside).filter((each) => each.endsWith(".pack")))
    await sandbox.gitWith(readFileSync(join(aside, name)), repository, "unpack-objects", "-q");
  rmSync(aside, { recursive: true });
}

/** The file of an object that is stored by itself. */
export function looseFile(repository: string, oid: string): string {
  return join(repository, "objects", oid.slice(0, 2), oid.slice(2));
}
