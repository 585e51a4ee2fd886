import type { Finding } from "../domain/values/finding.ts";
import { HiveError, RefusedError } from "../errors.ts";
import { EXIT, EXIT_OF_FAILURE } from "./exit-codes.ts";
import type { Io } from "./io.ts";

/** Says what failed and returns the exit code for it. Only a bug shows where in the program it happened. */
export function reportFailure(io: Io, error: unknown): number {
  if (error instanceof RefusedError) {
    io.error(error.refusal);
    return EXIT.refused;
  }
  if (error instanceof HiveError) {
    io.error(error);
    return EXIT_OF_FAILURE[error.failure];
  }
  if (isSystemError(error)) {
    const hint = "Check the path, its rights and the disk's space.";
    io.error({ code: "system", message: `${error.message}.`, hint });
    return EXIT.failed;
  }
  const issue = firstIssue(error);
  if (issue !== undefined) {
    io.error({ code: "usage", message: `${issue}.`, hint: "See: hive <command> --help" });
    return EXIT.usage;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.error({
    code: "bug",
    message: `git-hive failed: ${trace}`,
    hint: "This is a bug in git-hive: please report it.",
  });
  return EXIT.failed;
}

/** The operating system said no, as to a path that is too long or a disk that is full. */
function isSystemError(error: unknown): error is Error {
  return error instanceof Error && "syscall" in error && "errno" in error;
}

/** What the schema of an operation found wrong with the user's input; its errors carry their issues. */
function firstIssue(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("issues" in error) || !Array.isArray(error.issues)) return undefined;
  const issue: { path?: unknown[]; message?: string } = error.issues[0] ?? {};
  const where = issue.path?.length ? `${issue.path.join(".")}: ` : "";
  return `${where}${issue.message ?? "the input is not valid"}`;
}

/** Files that do not parse are named, and never stop a command that does not need them. */
export function noteFindings(io: Io, findings: readonly Finding[]): void {
  for (const { path, line, message } of findings.slice(0, 3))
    io.note(`Not read: ${path}:${line}: ${message}`);
  if (findings.length > 3) io.note(`Not read: ${findings.length - 3} more files.`);
}
