import { closeSync, openSync, readdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { quoteForShell } from "../../domain/values/shell-quote.ts";
import { HiveError, whatMends } from "../../errors.ts";
import { READ_FLAGS } from "./files.ts";
import { isSystemError } from "./unkept.ts";

/**
 * The error of the first path that is there and cannot be read; undefined where none is. Who finds nothing in this host's
 * files asks this before saying that there is nothing.
 */
export function firstUnreadable(paths: readonly string[]): HiveError | undefined {
  for (const path of paths) {
    try {
      if (statSync(path).isDirectory()) readdirSync(path);
      else closeSync(openSync(path, READ_FLAGS));
    } catch (error) {
      if (!isSystemError(error)) throw error;
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") return unreadable(path, error);
    }
  }
  return undefined;
}

/** The code of the error that says that a file or a folder cannot be read. */
export const UNREADABLE = "unreadable_path";

/** A file or a folder that is there and cannot be read. */
export function unreadable(path: string, cause: Error): HiveError {
  return new HiveError(
    UNREADABLE,
    `${path} cannot be read: ${cause.message.replace(/\.$/, "")}.`,
    whatMendsReading(path, cause),
    { cause },
  );
}

/** The path, or the folder above it that lets nobody in. */
function closed(path: string): string {
  try {
    statSync(path);
    return path;
  } catch {
    return dirname(path) === path ? path : closed(dirname(path));
  }
}

function whatMendsReading(path: string, cause: Error): string {
  const { code } = cause as NodeJS.ErrnoException;
  if (code !== "EACCES" && code !== "EPERM") return whatMends(cause);
  const name = quoteForShell(closed(path));
  return `Give yourself the right to read it: chmod -R u+rwX ${name}. If it belongs to another user: sudo chown -R "$(id -un)" ${name}`;
}
