import { closeSync, openSync, readSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { isPage, MARK_WITHIN } from "../dashboard/fill-page.ts";
import { quoteForShell } from "../domain/values/shell-quote.ts";
import { HiveError } from "../errors.ts";

const ELSEWHERE = "Name another file: hive dashboard --out <file>. Or print it: hive dashboard --out -";

/** Throws HiveError where something else than a page of ours lies, because it would be lost. */
export function refuseOther(path: string): void {
  const stat = attempt(path, () => statSync(path, { throwIfNoEntry: false }));
  if (stat === undefined) return;
  if (stat.isFile() && isPage(attempt(path, () => startOf(path)))) return;
  const what = stat.isFile() ? "a file that hive dashboard did not make" : "no file";
  throw new HiveError("not_a_dashboard", `${path} is ${what}, so it is not written over.`, ELSEWHERE);
}

function startOf(path: string): string {
  const [file, bytes] = [openSync(path, "r"), Buffer.alloc(MARK_WITHIN)];
  try {
    return bytes.toString("utf8", 0, readSync(file, bytes, 0, MARK_WITHIN, 0));
  } finally {
    closeSync(file);
  }
}

/** Writes the page so that a browser that reloads sees the old one or the new one. Throws HiveError. */
export function writePage(path: string, page: string, mark: string): void {
  const draft = `${path}.${mark}.tmp`;
  attempt(path, () => {
    try {
      writeFileSync(draft, page, { flag: "wx" });
      renameSync(draft, path);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  });
}

/** Returns what an action on a file returns. Throws HiveError for an error of the system. */
function attempt<Value>(path: string, action: () => Value): Value {
  try {
    return action();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new HiveError("page_not_written", `${quoteForShell(path)} cannot be written: ${code}.`, ELSEWHERE, {
      cause: error,
    });
  }
}
