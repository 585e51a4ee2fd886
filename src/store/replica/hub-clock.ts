import { existsSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Instant } from "../../domain/values/instant.ts";
import { toInstant } from "../../domain/values/time.ts";
import type { Git } from "../git/git.ts";
import { BRANCH } from "../git/ref-names.ts";
import { serverDate } from "../git/server-date.ts";
import { monotonic } from "../host/monotonic.ts";
import { formatProcessId, thisProcess } from "../host/process-id.ts";
import { isSystemError } from "../host/unkept.ts";
import { REMOTE } from "./config.ts";
import type { Repository } from "./repository.ts";

/** The longest time, in seconds, that the hub's server may take to tell its time. */
const ASK_SECONDS = 5;

/** For how long a hub that did not tell its time is not asked again. */
const SILENCE_MS = 60_000;

/**
 * The clock at the hub: that of its HTTP server, or of the disk it is on, which may be another machine's. A hub behind
 * ssh has none that git can read.
 */
export class HubClock {
  readonly #repository: Pick<Repository, "address" | "git">;
  readonly #seconds: number;
  #last: { readonly time: number | undefined; readonly askedAt: number } | undefined;

  constructor(repository: Pick<Repository, "address" | "git">, seconds = ASK_SECONDS) {
    this.#repository = repository;
    this.#seconds = Math.min(seconds, ASK_SECONDS);
  }

  /**
   * The time at the hub by its last answer and by what has passed since; undefined without an answer. It is behind where
   * this host was suspended meanwhile, so it can show that a clock is right, and not that it is ahead.
   */
  recall(): Instant | undefined {
    if (this.#last?.time === undefined) return undefined;
    return toInstant(this.#last.time + monotonic() - this.#last.askedAt);
  }

  /** Asks for the time at the hub; undefined when the hub does not tell it. */
  async ask(): Promise<Instant | undefined> {
    const last = this.#last;
    if (last && last.time === undefined && monotonic() - last.askedAt < SILENCE_MS) return undefined;
    const time = await this.#read();
    this.#last = { time, askedAt: monotonic() };
    return this.recall();
  }

  async #read(): Promise<number | undefined> {
    const { address, git } = this.#repository;
    if (address.kind === "path") return diskTime(address.path);
    if (/^https?:/i.test(address.url)) return serverTime(git, this.#seconds);
    return /^file:/i.test(address.url) ? diskTime(pathOf(address.url)) : undefined;
  }
}

/** Git's first protocol takes one request here, and the second one two. */
async function serverTime(git: Git, seconds: number): Promise<number | undefined> {
  const args = ["-c", "protocol.version=0", "ls-remote", REMOTE, BRANCH];
  const { code, stderr } = await git.run(args, { seconds, tracesHttp: true });
  return code === 0 ? serverDate(stderr) : undefined;
}

/**
 * The time that the disk of a repository gives to a new file. The file is named like git's own temporary ones, so that git
 * deletes it if this process is killed.
 */
function diskTime(repository: string): number | undefined {
  const objects = [join(repository, "objects"), join(repository, ".git", "objects")].find((path) =>
    existsSync(path),
  );
  if (objects === undefined) return undefined;
  const path = join(objects, `tmp_hive_${formatProcessId(thisProcess())}`);
  try {
    writeFileSync(path, "", { flag: "wx" });
    try {
      return statSync(path).mtimeMs;
    } finally {
      unlinkSync(path);
    }
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

/** The path of a `file://` address. Git reads it without decoding. */
function pathOf(url: string): string {
  return url.replace(/^file:\/\//i, "");
}
