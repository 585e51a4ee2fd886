import { count } from "../values/count.ts";
import { type Check, note, ok, REPAIR } from "./check.ts";

/** Locks that block writing: the lock of this host's writer, and git's locks in the repository. */
export interface LockFacts {
  /** The process that holds the writer's lock, and whether it is running; unknown in another container or on another host. */
  readonly holder: { readonly pid: number; readonly liveness: "alive" | "dead" | "unknown" } | undefined;
  /** Git's lock files that did not change during the check. */
  readonly stuck: readonly string[];
}

export function judgeLocks({ holder, stuck }: LockFacts): Check {
  const [first] = stuck;
  if (first !== undefined)
    return note("locks", `A killed git process left ${count(stuck.length, "lock")}: ${first}.`, REPAIR);
  if (holder === undefined) return ok("locks", "Nothing is locked.");
  if (holder.liveness === "alive") return ok("locks", `Process ${holder.pid} is writing right now.`);
  if (holder.liveness === "unknown")
    return ok(
      "locks",
      "A process in another container, on another host or of an earlier version has the lock. If it has died, a write waits 5 s for it.",
    );
  return note("locks", `Process ${holder.pid} died while writing; the next write takes over its lock.`);
}

/** Judges the leftover files of processes that have ended. */
export function judgeLeftovers(paths: readonly string[]): Check {
  const [first] = paths;
  return first === undefined
    ? ok("leftovers", "There are no leftover files.")
    : note("leftovers", `Processes that died left ${count(paths.length, "file")}: ${first}.`, REPAIR);
}
