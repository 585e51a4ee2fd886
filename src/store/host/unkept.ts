import { HiveError, whatMends } from "../../errors.ts";

/** The code of the error that says that this host's state directory cannot be written. */
const STATE_UNWRITABLE = "state_unwritable";

/** A full, read-only or denied state directory. Writes need it, reads do not. */
export function stateUnwritable(directory: string, cause: Error): HiveError {
  return new HiveError(
    STATE_UNWRITABLE,
    `${directory} cannot be written: ${cause.message.replace(/\.$/, "")}.`,
    `${whatMends(cause)} Until then, nothing that is read is kept on this host.`,
    { cause },
  );
}

export function isUnwritable(error: unknown): error is HiveError {
  return error instanceof HiveError && error.code === STATE_UNWRITABLE;
}

/** Whether the operating system reported the error, for example a full disk. */
export function isSystemError(error: unknown): error is Error {
  return error instanceof Error && "syscall" in error;
}

/** The first thing that a reading process could not keep on this host. Reading goes on without it. */
export class Unkept {
  readonly #directory: string;
  #trouble: HiveError | undefined;

  constructor(directory: string) {
    this.#directory = directory;
  }

  get trouble(): HiveError | undefined {
    return this.#trouble;
  }

  /** Notes an error. Throws it again where it is no error of the operating system. */
  note(error: unknown): void {
    if (isUnwritable(error)) this.#trouble ??= error;
    else if (isSystemError(error)) this.#trouble ??= stateUnwritable(this.#directory, error);
    else throw error;
  }

  /** Runs an action that only keeps what was read. */
  tolerate(keep: () => void): void {
    try {
      keep();
    } catch (error) {
      this.note(error);
    }
  }
}
