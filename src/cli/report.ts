import type { Finding } from "../domain/values/finding.ts";
import { HiveError, RefusedError, whatMends } from "../errors.ts";
import { EXIT, EXIT_OF_FAILURE } from "./exit-codes.ts";
import type { Io } from "./io.ts";

/**
 * Prints a failure and returns its exit code. `help` is the call that shows the help of the failed command. Only a bug
 * shows a stack trace.
 */
export function reportFailure(io: Io, error: unknown, help: string): number {
  if (error instanceof RefusedError) {
    io.error(error.refusal);
    return EXIT.refused;
  }
  if (error instanceof HiveError) {
    io.error(error);
    return EXIT_OF_FAILURE[error.failure];
  }
  if (isSystemError(error)) {
    io.error({ code: "system", message: `${error.message}.`, hint: whatMends(error) });
    return EXIT.failed;
  }
  const issue = firstIssue(error);
  if (issue !== undefined) {
    io.error({ code: "usage", message: `${issue}.`, hint: `See: ${help}` });
    return EXIT.usage;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.error({
    code: "bug",
    message: `git-hive failed: ${trace}`,
    hint: "This is a bug in git-hive. Please report it.",
  });
  return EXIT.failed;
}

/** Whether the operating system refused, for example because a path is too long or a disk is full. */
function isSystemError(error: unknown): error is Error {
  return error instanceof Error && "syscall" in error && "errno" in error;
}

/** Returns the first issue that an operation's schema found in the user's input; undefined for another error. */
function firstIssue(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("issues" in error) || !Array.isArray(error.issues)) return undefined;
  const issue: { path?: unknown[]; message?: string } = error.issues[0] ?? {};
  const where = issue.path?.length ? `${issue.path.join(".")}: ` : "";
  return `${where}${issue.message ?? "the input is not valid"}`;
}

/** Prints a note about files that do not parse. They do not stop a command that does not need them. */
export function noteFindings(io: Io, findings: readonly Finding[]): void {
  for (const { path, line, message } of findings.slice(0, 3))
    io.note(`Not read: ${path}:${line}: ${message}`);
  if (findings.length > 3) io.note(`Not read: ${findings.length - 3} more files.`);
}
