import { bad, type Check, note, ok } from "./check.ts";

/** Older ones lack an option that keeps us from running what a repository's owner has planted in it. */
const FLOOR = "2.38";
/** Older ones have holes that have become known since. */
const ADVISED = "2.50.1";

/** Judges what `git version` printed; undefined where git did not run. */
export function judgeGit(printed: string | undefined): Check {
  const version = /\d+\.\d+(?:\.\d+)?/.exec(printed ?? "")?.[0];
  if (version === undefined)
    return bad("git", "git did not run.", `Install git ${FLOOR} or newer and see that it is on PATH`);
  if (!isAtLeast(version, FLOOR))
    return bad("git", `git ${version} is too old.`, `Install ${FLOOR} or newer`);
  if (!isAtLeast(version, ADVISED))
    return note(
      "git",
      `git ${version} works; holes known since are mended in ${ADVISED}.`,
      "Update git when you can",
    );
  return ok("git", `git ${version}.`);
}

function isAtLeast(version: string, least: string): boolean {
  return version.localeCompare(least, "en", { numeric: true }) >= 0;
}
