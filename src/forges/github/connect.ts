import { Octokit } from "@octokit/rest";
import { HiveError } from "../../errors.ts";
import type { World } from "../../world.ts";
import { explainFailure, isUnanswered, waitAsked } from "./failures.ts";
import type { GitHubRepository } from "./target.ts";

/** Seconds between two writes, as GitHub asks for. */
const SPACING = 1;
/** A longer wait is left to the next run: somebody pays for the minutes of this one. */
const LONGEST_WAIT = 120;
const MOST_TRIES = 3;
const TIMEOUT_MS = 30_000;

const silent = () => undefined;

/**
 * A client for one repository's server that keeps GitHub's manners: one request at a time, writes a second apart, and
 * the wait that GitHub asks for. It repeats by itself only what does no harm when it is done twice; a POST whose answer
 * was lost is the caller's to look up. Throws HiveError for whatever GitHub says no to.
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
        const signal = AbortSignal.timeout(TIMEOUT_MS);
        return await request({ ...options, request: { ...options.request, signal } });
      } catch (error) {
        await pause(world, 1000 * secondsToWait(error, options, attempt, target, world.now()));
      } finally {
        if (isWrite) nextWrite = world.now() + SPACING * 1000;
      }
    }
  });
  return octokit;
}

/** Throws HiveError when the user interrupts. */
export async function pause(world: World, milliseconds: number): Promise<void> {
  if (milliseconds <= 0 || (await world.sleep(milliseconds)) === "slept") return;
  throw new HiveError(
    "interrupted",
    "Stopped before everything was said on GitHub.",
    "Run it again: what is posted already is found and not posted twice.",
  );
}

/** How long to wait before a request is made again. Throws HiveError where that is no use, or could do it twice. */
function secondsToWait(
  error: unknown,
  { method, url }: { method: string; url: string },
  attempt: number,
  target: GitHubRepository,
  now: number,
): number {
  const asked = waitAsked(error, now);
  const isRepeatable = method === "GET" || method === "PATCH" || url.endsWith("/reactions");
  const wait = asked ?? (isUnanswered(error) && isRepeatable ? attempt : undefined);
  if (wait === undefined || wait > LONGEST_WAIT || attempt === MOST_TRIES)
    throw explainFailure(error, target, now);
  return wait;
}
