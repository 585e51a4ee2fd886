import { Octokit } from "@octokit/rest";
import { HiveError } from "../../errors.ts";
import type { World } from "../../world.ts";
import { explainFailure, isUnanswered, requestedWait } from "./failures.ts";
import type { GitHubRepository } from "./target.ts";

/** Seconds between two writes. GitHub asks for at least one. */
const WRITE_INTERVAL_SECONDS = 1;
/** Longest wait, in seconds. A longer wait is left to the next run, because workflow minutes cost money. */
const MAX_WAIT_SECONDS = 120;
const MAX_ATTEMPTS = 3;
const REQUEST_TIMEOUT_MS = 30_000;

const silent = () => undefined;

/**
 * A client for a repository's server that follows GitHub's rules: one request at a time, writes a second apart, and
 * the wait that GitHub asks for. It repeats only requests that are safe to repeat; after a POST without an answer,
 * the caller must check the result. Throws HiveError if GitHub refuses.
 */
export function connect(world: World, target: GitHubRepository): Octokit {
  const octokit = new Octokit({
    baseUrl: target.api,
    userAgent: `git-hive/${world.version}`,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    ...(target.token === undefined ? {} : { auth: target.token }),
  });
  let nextWrite = 0;
  octokit.hook.wrap("request", async (request, options) => {
    const isWrite = options.method !== "GET";
    for (let attempt = 1; ; attempt++) {
      if (isWrite) await pause(world, nextWrite - world.now());
      try {
        const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
        return await request({ ...options, request: { ...options.request, signal } });
      } catch (error) {
        await pause(world, 1000 * secondsToWait(error, options, attempt, target, world.now()));
      } finally {
        if (isWrite) nextWrite = world.now() + WRITE_INTERVAL_SECONDS * 1000;
      }
    }
  });
  return octokit;
}

/** Waits. Throws HiveError if the user interrupts. */
export async function pause(world: World, milliseconds: number): Promise<void> {
  if (milliseconds <= 0 || (await world.sleep(milliseconds)) === "slept") return;
  throw new HiveError(
    "interrupted",
    "Interrupted before everything was posted to GitHub.",
    "Run it again. Existing posts are found and not posted twice.",
  );
}

/**
 * Seconds to wait before the request is repeated. Throws HiveError if repeating is useless or could do the same
 * twice.
 */
function secondsToWait(
  error: unknown,
  { method, url }: { method: string; url: string },
  attempt: number,
  target: GitHubRepository,
  now: number,
): number {
  const requested = requestedWait(error, now);
  const isRepeatable = method === "GET" || method === "PATCH" || url.endsWith("/reactions");
  const wait = requested ?? (isUnanswered(error) && isRepeatable ? attempt : undefined);
  if (wait === undefined || wait > MAX_WAIT_SECONDS || attempt === MAX_ATTEMPTS)
    throw explainFailure(error, target, now);
  return wait;
}
