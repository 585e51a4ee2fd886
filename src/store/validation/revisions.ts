import { HiveError, wrongCall } from "../../errors.ts";
import type { ObjectReader } from "../git/objects.ts";

/** What to validate: the folder as it is, a commit, or what happened from one commit, or since two parted, to another. */
export type ValidationTarget =
  | { readonly kind: "newest" }
  | { readonly kind: "commit"; readonly revision: string }
  | { readonly kind: "range"; readonly from: string; readonly to: string; readonly dots: ".." | "..." };

/** To the reader of objects a line feed would be the end of the name. */
const USABLE = /^[\x21-\x7e\u00a1-\uffff]{1,400}$/;

/** Reads `<commit>`, `<A..B>` or `<A...B>`; a side that is left out is the newest commit. Throws HiveError. */
export function parseTarget(text: string | undefined): ValidationTarget {
  if (text === undefined) return { kind: "newest" };
  const [, from, dots, to] = /^(.*?)(\.{2,})(.*)$/.exec(text) ?? [];
  if (!USABLE.test(text) || (dots?.length ?? 0) > 3 || to?.includes(".."))
    throw wrongCall(`${JSON.stringify(text)} is no commit and no range.`, USE);
  if (from === undefined || to === undefined) return { kind: "commit", revision: text };
  return { kind: "range", from, to, dots: dots === "..." ? "..." : ".." };
}

const USE = "As in: hive validate HEAD, or hive validate HEAD~3..HEAD";

/** What GitHub calls the commit before a branch's first one. */
const NOTHING = /^0{40,64}$/;
const FULL_ID = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

export function isNothing(revision: string): boolean {
  return NOTHING.test(revision);
}

/**
 * The id of the commit that a revision names, with `newest` for the branch itself; undefined where a full id is not
 * there: it may have been, before history was rewritten. Throws HiveError when a name means nothing.
 */
export async function resolveCommit(
  objects: ObjectReader,
  revision: string,
  newest: string,
): Promise<string | undefined> {
  const name = revision.replace(/^(?:HEAD|main|@)?(?=$|[~^])/, newest);
  const found = await objects.inspect(`${name}^{commit}`);
  if (found) return found.oid;
  if (FULL_ID.test(revision)) return undefined;
  throw new HiveError("unknown_commit", `There is no commit ${revision} here.`, USE, { failure: "usage" });
}
