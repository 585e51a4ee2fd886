import { join } from "node:path";
import { listNames, unlink } from "../host/files.ts";
import type { Git, GitOutput } from "./git.ts";

/** How often a command is tried when another program deletes what it is writing or reading. */
const MAX_ATTEMPTS = 100;

/** What git prints when another program has deleted a file that it was writing or reading. */
const DISTURBED = /cannot store (?:pack|index) file|cannot create keep file: File exists/;

/** Whether git says that a file is gone whose name has this part. */
export function lostFile(stderr: string, part: string): boolean {
  return stderr
    .split("\n")
    .some((line) => line.includes(part) && line.includes(": No such file or directory"));
}

/** Whether git's own temporary files vanished while it worked: a gc in the same repository deletes all of them. */
export function lostTemporaryFiles(stderr: string): boolean {
  return lostFile(stderr, "tmp_");
}

/**
 * Runs a command that writes objects. Tries again while another program deletes git's temporary files or moves objects
 * to other packs. The same command writes the same objects, so an attempt that was cut off costs only time.
 */
export function writeDespiteGc(git: Git, args: readonly string[], input: string): GitOutput {
  for (let attempt = 1; ; attempt++) {
    const result = git.runNow(args, input);
    if (result.code === 0) return result;
    removeTraces(git, result.stderr);
    const isDisturbed = DISTURBED.test(result.stderr) || lostFile(result.stderr, "objects/");
    if (attempt === MAX_ATTEMPTS || !isDisturbed) return result;
  }
}

/**
 * Removes what a git that was cut off has left: its report, and the marks of kept packs that are not complete. A mark
 * would stop the next attempt, because the same objects make a pack of the same name.
 */
function removeTraces({ directory }: Git, stderr: string): void {
  const report = /\bfast_import_crash_\d+$/m.exec(stderr)?.[0];
  if (report !== undefined) unlink(join(directory, report));
  if (!stderr.includes("cannot create keep file")) return;
  const packs = join(directory, "objects", "pack");
  const names = new Set(listNames(packs));
  for (const name of names)
    if (name.endsWith(".keep") && !names.has(name.replace(/keep$/, "idx"))) unlink(join(packs, name));
}
