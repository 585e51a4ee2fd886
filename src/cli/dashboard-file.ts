import { closeSync, openSync, readSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { isPage, MARK_WITHIN } from "../dashboard/fill-page.ts";
import { BADGE_MARK } from "../domain/dashboard/badge.ts";
import { SUMMARY_MARK } from "../domain/dashboard/summary.ts";
import { quoteForShell } from "../domain/values/shell-quote.ts";
import { HiveError } from "../errors.ts";
import type { Form, Output } from "./input/dashboard-outputs.ts";

/** How a file of each form is known as ours, by its start. Only such a file may be written over. */
const IS_OURS: Readonly<Record<Form, (start: string) => boolean>> = {
  out: isPage,
  badge: (start) => start.startsWith(BADGE_MARK),
  markdown: (start) => start.startsWith(SUMMARY_MARK),
};

/** Throws HiveError where something else than a file of ours lies, because it would be lost. */
export function refuseOther({ form, path }: Output): void {
  const stat = attempt({ form, path }, () => statSync(path, { throwIfNoEntry: false }));
  if (stat === undefined) return;
  if (stat.isFile() && IS_OURS[form](attempt({ form, path }, () => startOf(path)))) return;
  const what = stat.isFile() ? "a file that hive dashboard did not make" : "no file";
  throw new HiveError("not_a_dashboard", `${path} is ${what}, so it is not written over.`, elsewhere(form));
}

function elsewhere(form: Form): string {
  return `Name another file: hive dashboard --${form} <file>. Or print it: hive dashboard --${form} -`;
}

function startOf(path: string): string {
  const [file, bytes] = [openSync(path, "r"), Buffer.alloc(MARK_WITHIN)];
  try {
    return bytes.toString("utf8", 0, readSync(file, bytes, 0, MARK_WITHIN, 0));
  } finally {
    closeSync(file);
  }
}

/** Writes a file so that whoever reads it again sees the old one or the new one. Throws HiveError. */
export function writeOutput({ form, path }: Output, text: string, mark: string): void {
  const draft = `${path}.${mark}.tmp`;
  attempt({ form, path }, () => {
    try {
      writeFileSync(draft, text, { flag: "wx" });
      renameSync(draft, path);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  });
}

/** Returns what an action on a file returns. Throws HiveError for an error of the system. */
function attempt<Value>({ form, path }: Output, action: () => Value): Value {
  try {
    return action();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new HiveError(
      "page_not_written",
      `${quoteForShell(path)} cannot be written: ${code}.`,
      elsewhere(form),
      { cause: error },
    );
  }
}
