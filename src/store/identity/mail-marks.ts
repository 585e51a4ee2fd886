import { join } from "node:path";
import { NO_MARKS, type ReadMarks } from "../../domain/inbox/read-marks.ts";
import type { Operation } from "../../domain/operation.ts";
import type { ReadCursor } from "../../domain/sessions/session.ts";
import type { SessionId, Ulid } from "../../domain/values/ids.ts";
import { readText, writeAtomically } from "../host/files.ts";
import type { Host } from "../host/state-directory.ts";
import { type HubLocation, hubName } from "../hub/location.ts";

/**
 * The read marks of this host's sessions: one small file for each session, available at once and without a commit.
 */
export class MailMarks {
  readonly #directory: () => string;
  readonly #former: string;

  /**
   * `directory` is asked each time, because the hub's id may become known meanwhile. `former` is where older versions
   * stored the marks, beside what belongs to one address of the hub.
   */
  constructor(directory: () => string, former: string) {
    this.#directory = () => join(directory(), "read");
    this.#former = join(former, "read");
  }

  /** The marks of the sessions in the hub at an address, whose files are in `directory`. */
  static of(host: Host, { address, directory }: Pick<HubLocation, "address" | "directory">): MailMarks {
    return new MailMarks(() => host.toolsDirectory(hubName(host, address)), directory);
  }

  /** The read marks of a session; none when there is no valid file. */
  load(session: SessionId): ReadMarks {
    const name = `${session}.json`;
    const text = readText(join(this.#directory(), name)) ?? readText(join(this.#former, name));
    const marks = parse(text ?? "");
    return isMarks(marks) ? marks : NO_MARKS;
  }

  /** The read receipt that is sent to the hub with a session's next write. */
  receiptOf(session: SessionId): Pick<Operation, "read"> {
    const { seen } = this.load(session);
    return seen === NO_MARKS.seen ? {} : { read: seen };
  }

  /** Saves the marks of a session. Throws file system errors. */
  save(session: SessionId, marks: ReadMarks): void {
    writeAtomically(join(this.#directory(), `${session}.json`), `${JSON.stringify(marks)}\n`);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Checks the shape by hand, because an inbox is read often and the schema library takes long to load. */
function isMarks(value: unknown): value is ReadMarks {
  return isObject(value) && isCursor(value.seen) && isIds(value.kept) && isTexts(value.ended ?? []);
}

function isCursor(value: unknown): value is ReadCursor {
  return isObject(value) && isId(value.until) && isIds(value.also) && value.also.length <= 200;
}

function isIds(value: unknown): value is Ulid[] {
  return Array.isArray(value) && value.every(isId);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

function isId(value: unknown): value is Ulid {
  return typeof value === "string" && /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
