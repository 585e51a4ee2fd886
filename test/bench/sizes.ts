import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The bytes of all files in a directory. */
export function bytesIn(directory: string): number {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile())
    .reduce((sum, file) => sum + lstatSync(join(file.parentPath, file.name)).size, 0);
}
