import { count } from "../values/count.ts";
import { quoteForShell } from "../values/shell-quote.ts";
import { bad, type Check, note, ok, REPAIR } from "./check.ts";

/** What a look at a repository's files came to; the first trouble that was found. */
export type Health =
  | { readonly kind: "sound" | "absent" | "file" | "empty" | "foreign" | "no settings" | "broken ref" }
  | { readonly kind: "damaged"; readonly complaints: readonly string[] }
  | { readonly kind: "unchecked"; readonly seconds: number };

/** Where the repository is and which ref of it counts; a replica can be fetched anew, a hub on this disk cannot. */
export interface RepositoryFacts {
  readonly health: Health;
  readonly path: string;
  readonly ref: string;
  readonly isReplica: boolean;
}

export function judgeRepository(facts: RepositoryFacts): Check {
  const { health, path, isReplica } = facts;
  const name = isReplica ? "replica" : "repository";
  if (health.kind === "sound") return ok(name, "Every object is there and sound.");
  if (health.kind === "absent" && isReplica)
    return ok(name, "It is made by the first command that needs it.");
  if (health.kind === "unchecked")
    return note(
      name,
      `git fsck was not done within ${health.seconds} s.`,
      `git -C ${quoteForShell(path)} fsck`,
    );
  const next = isReplica
    ? REPAIR
    : `git -C ${quoteForShell(path)} fsck; this is the hub itself: restore it from a copy or a clone`;
  return bad(name, `${path} ${wordsFor(facts)}.`, next);
}

/** Whether it has to be made anew. */
export function isBroken({ kind }: Health): boolean {
  return !["sound", "absent", "unchecked"].includes(kind);
}

function wordsFor({ health, ref }: RepositoryFacts): string {
  switch (health.kind) {
    case "file":
      return "is a file where a repository belongs";
    case "empty":
      return "is an empty folder";
    case "foreign":
      return "is no repository any more: its HEAD, refs or objects are gone";
    case "no settings":
      return "has lost its settings: its config is gone or not readable";
    case "broken ref":
      return `has a broken ref: ${ref} holds no commit`;
    case "damaged": {
      const [first = "", ...rest] = health.complaints;
      return `is damaged: ${first}${rest.length > 0 ? ` (and ${count(rest.length, "line")} more of git fsck)` : ""}`;
    }
    default:
      return "is not there";
  }
}
