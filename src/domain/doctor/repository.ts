import { count } from "../values/count.ts";
import { quoteForShell } from "../values/shell-quote.ts";
import { bad, type Check, note, ok, REPAIR } from "./check.ts";

/** The health of a repository's files; the first problem found. */
export type Health =
  | { readonly kind: "sound" | "absent" | "file" | "empty" | "foreign" | "no settings" | "broken ref" }
  | { readonly kind: "damaged"; readonly complaints: readonly string[] }
  | { readonly kind: "unreadable"; readonly message: string; readonly hint: string }
  | { readonly kind: "unchecked"; readonly seconds: number };

/** The repository's path and the ref that counts. A replica can be fetched again; a hub on this disk cannot. */
export interface RepositoryFacts {
  readonly health: Health;
  readonly path: string;
  readonly ref: string;
  readonly isReplica: boolean;
}

export function judgeRepository(facts: RepositoryFacts): Check {
  const { health, path, isReplica } = facts;
  const name = isReplica ? "replica" : "repository";
  if (health.kind === "sound") return ok(name, "Every object is present and intact.");
  if (health.kind === "absent" && isReplica)
    return ok(name, "It does not exist yet; the first command that needs it creates it.");
  if (health.kind === "unreadable") return bad(name, health.message, health.hint);
  if (health.kind === "unchecked")
    return note(
      name,
      `git fsck did not finish within ${health.seconds} s.`,
      `git -C ${quoteForShell(path)} fsck`,
    );
  const next = isReplica
    ? REPAIR
    : `git -C ${quoteForShell(path)} fsck; this is the hub itself: restore it from a copy or a clone`;
  const what = `${path} ${describeHealth(facts)}.`;
  return bad(name, isReplica ? what : `The hub's repository is damaged: ${what}`, next);
}

/** Whether nothing can be read through the repository. */
export function isUnusable({ kind }: Health): boolean {
  return !["sound", "absent", "unchecked"].includes(kind);
}

/** Whether the repository has to be recreated. One that this user may not read may be whole. */
export function isBroken(health: Health): boolean {
  return isUnusable(health) && health.kind !== "unreadable";
}

function describeHealth({ health, ref }: RepositoryFacts): string {
  switch (health.kind) {
    case "file":
      return "is a file; expected a repository";
    case "empty":
      return "is an empty folder";
    case "foreign":
      return "is no repository any more: its HEAD, refs or objects are gone";
    case "no settings":
      return "has lost its settings: its config is missing or cannot be read";
    case "broken ref":
      return `has a broken ref: ${ref} holds no commit`;
    case "damaged": {
      const [first = "", ...rest] = health.complaints;
      return `is damaged: ${first}${rest.length > 0 ? ` (and ${count(rest.length, "line")} more of git fsck)` : ""}`;
    }
    default:
      return "does not exist";
  }
}
