import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { HiveError } from "../../errors.ts";
import { firstUnreadable } from "../host/unreadable.ts";

/** Whether a path has a bare repository, or what is left of a damaged one. */
export function hasRepository(path: string): boolean {
  return ["HEAD", "objects", "refs"].some((part) => existsSync(join(path, part)));
}

/**
 * Why a hub that this host knows is not at its path; undefined where it is. With only a part of it left, it is there and
 * damaged, because caches may still answer.
 */
export function whyAway(path: string): HiveError | undefined {
  if (hasRepository(path) && !isCheckout(path)) return undefined;
  return (
    firstUnreadable([path]) ??
    new HiveError(
      "unreachable",
      `The hub at ${path} is not there: ${whatIsThere(path)}.`,
      "What is written waits on this host until it is back. If it was moved: hive join <its new path>",
    )
  );
}

/** Throws HiveError where a path has no hub and this host never knew one there. */
export function refuseNoHub(path: string): void {
  if (isCheckout(path))
    throw new HiveError(
      "not_bare",
      `${path} is a working checkout, not a hub.`,
      "Use the URL of its remote, or make a new hub: hive init",
    );
  if (!hasRepository(path))
    throw (
      firstUnreadable([path]) ??
      new HiveError("no_hub", `There is no hub at ${path}.`, `Make one: hive init --remote ${path}`)
    );
}

function isCheckout(path: string): boolean {
  return existsSync(join(path, ".git"));
}

function whatIsThere(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return "the folder does not exist";
  if (!stat.isDirectory()) return "it is a file";
  if (isCheckout(path)) return "it is a working checkout, not a hub";
  return readdirSync(path).length === 0 ? "the folder is empty" : "the folder has no repository";
}
