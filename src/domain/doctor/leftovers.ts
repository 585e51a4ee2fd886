import { count } from "../values/count.ts";
import { type Check, note, ok, REPAIR } from "./check.ts";

/** Locks that stand in the way: of this host's writer, and of git in the repository. */
export interface LockFacts {
  /** The process that holds the host's lock, and whether it still runs. */
  readonly holder: { readonly pid: number; readonly isAlive: boolean } | undefined;
  /** Files of git that stayed the same while they were watched. */
  readonly stuck: readonly string[];
}

export function judgeLocks({ holder, stuck }: LockFacts): Check {
  const [first] = stuck;
  if (first !== undefined)
    return note("locks", `A git that was killed left ${count(stuck.length, "lock")}: ${first}.`, REPAIR);
  if (holder === undefined) return ok("locks", "Nothing is locked.");
  return holder.isAlive
    ? ok("locks", `Process ${holder.pid} is writing right now.`)
    : note("locks", `Process ${holder.pid} died while writing; the next write takes its lock over.`);
}

/** Takes the paths of files that processes left which are no more. */
export function judgeLeftovers(paths: readonly string[]): Check {
  const [first] = paths;
  return first === undefined
    ? ok("leftovers", "No process left anything behind.")
    : note("leftovers", `Processes that died left ${count(paths.length, "file")}: ${first}.`, REPAIR);
}
