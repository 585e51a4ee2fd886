import { bad, type Check, note, ok } from "./check.ts";

/** Older versions lack an option that keeps git from running code that a repository's owner planted in it. */
const MIN_VERSION = "2.38";
/** Older versions have known security holes. */
const ADVISED_VERSION = "2.50.1";

/** Judges the output of `git version`; undefined if git did not run. */
export function judgeGit(printed: string | undefined): Check {
  const version = /(?<!\d)\d+\.\d+(?:\.\d+)?/.exec(printed ?? "")?.[0];
  if (version === undefined)
    return bad(
      "git",
      "git did not run.",
      `Install git ${MIN_VERSION} or newer and make sure that it is on PATH`,
    );
  if (!isAtLeast(version, MIN_VERSION))
    return bad("git", `git ${version} is too old.`, `Install ${MIN_VERSION} or newer`);
  if (!isAtLeast(version, ADVISED_VERSION))
    return note(
      "git",
      `git ${version} works, but has security holes that ${ADVISED_VERSION} fixes.`,
      "Update git when you can",
    );
  return ok("git", `git ${version}.`);
}

function isAtLeast(version: string, minimum: string): boolean {
  return version.localeCompare(minimum, "en", { numeric: true }) >= 0;
}
