import { HiveError, wrongCall } from "../../errors.ts";
import type { ObjectReader } from "../git/objects.ts";

/**
 * What to validate: the folder as it is, one commit, or the commits of a range. `..` starts at a commit, `...` where
 * two commits parted.
 */
export type ValidationTarget =
  | { readonly kind: "newest" }
  | { readonly kind: "commit"; readonly revision: string }
  | { readonly kind: "range"; readonly from: string; readonly to: string; readonly dots: ".." | "..." };

/** Characters that a revision may have. A line feed would end the name for the object reader. */
const REVISION_FORM = /^[\x21-\x7e\u00a1-\uffff]{1,400}$/;

/** Parses `<commit>`, `<A..B>` or `<A...B>`. An omitted side is the newest commit. Throws HiveError. */
export function parseTarget(text: string | undefined): ValidationTarget {
  if (text === undefined) return { kind: "newest" };
  const at = text.indexOf("..");
  const dots = at >= 0 && text[at + 2] === "." ? "..." : "..";
  const to = at < 0 ? "" : text.slice(at + dots.length);
  if (!REVISION_FORM.test(text) || to.startsWith(".") || to.includes(".."))
    throw wrongCall(`${JSON.stringify(text.slice(0, 120))} is neither a commit nor a range.`, EXAMPLES);
  if (at < 0) return { kind: "commit", revision: text };
  return { kind: "range", from: text.slice(0, at), to, dots };
}

const EXAMPLES = "For example: hive validate HEAD, or hive validate HEAD~3..HEAD";

/** GitHub's id for the commit before a branch's first commit. */
const ZERO_ID = /^0{40,64}$/;
const FULL_ID = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

export function isZeroId(revision: string): boolean {
  return ZERO_ID.test(revision);
}

/**
 * The id of the commit that a revision names; `newest` is the branch's commit. Undefined for a full id that is
 * missing: it may have existed before the history was rewritten. Throws HiveError for an unknown name.
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
  throw new HiveError("unknown_commit", `There is no commit ${revision} here.`, EXAMPLES, {
    failure: "usage",
  });
}
