import { quoteForShell } from "../values/shell-quote.ts";
import { bad, type Check, type Complaint, note, ok } from "./check.ts";

/** The project of the current directory. */
export interface ProjectFacts {
  readonly root: string;
  /** What claims call it, or why that cannot be read. */
  readonly name: string | Complaint;
  /** Why its hub may only be read; undefined where a hub was chosen. */
  readonly unchosen: Complaint | undefined;
  /** Whether git refuses the folder, because it belongs to another user. */
  readonly isForeign: boolean;
}

export function judgeProject({ root, name, unchosen, isForeign }: ProjectFacts): Check {
  if (typeof name !== "string") return bad("project", name.message, name.hint);
  if (isForeign)
    return note(
      "project",
      `${root} belongs to another user, so git does not tell which files are staged; claims call it ${name}.`,
      `If you trust it: git config --global --add safe.directory ${quoteForShell(root)}`,
    );
  if (unchosen) return note("project", unchosen.message, unchosen.hint);
  return ok("project", `Claims call this project ${name}.`);
}
