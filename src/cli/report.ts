import { count } from "../domain/values/count.ts";
import type { Finding } from "../domain/values/finding.ts";
import { HiveError, RefusedError, whatMends, wrongCall } from "../errors.ts";
import type { Command } from "./command.ts";
import { EXIT, EXIT_OF_FAILURE } from "./exit-codes.ts";
import type { Io } from "./io.ts";

/** Prints a failure and returns its exit code. Only a bug shows a stack trace. */
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
    io.error({ code: "system", message: `${error.message}.`, hint: whatMends(error) });
    return EXIT.failed;
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

/**
 * Returns the error for input that an operation's schema does not take: its first issue, with the option or argument of
 * the command that it is about. Returns another error as it is.
 */
export function namingInput(
  error: unknown,
  { usage, options = [], lists = [] }: Command,
  help: string,
): unknown {
  if (!(error instanceof Error) || !("issues" in error) || !Array.isArray(error.issues)) return error;
  const { path = [], message = "the input is not valid" }: Issue = error.issues[0] ?? {};
  const key = path.find((each) => typeof each === "string") ?? "";
  const isOption = [...options, ...lists].some(([flags]) => flags.split(/[ ,]+/).includes(`--${key}`));
  const isArgument = key !== "" && usage.split(/[^\w-]+/).includes(key);
  const name = isOption ? `--${key}: ` : isArgument ? `${key}: ` : "";
  return wrongCall(`${name}${message}.`, `See: ${help}`);
}

interface Issue {
  readonly path?: readonly (string | number)[];
  readonly message?: string;
}

/** Prints a note about files that do not parse. They do not stop a command that does not need them. */
export function noteFindings(io: Io, findings: readonly Finding[]): void {
  for (const { path, line, message } of findings.slice(0, 3))
    io.note(`Not read: ${path}:${line}: ${message}`);
  if (findings.length > 3) io.note(`Not read: ${count(findings.length - 3, "more file")}.`);
}
