import { FOLDER } from "../../domain/hub/layout.ts";
import type { Finding } from "../../domain/values/finding.ts";
import type { Git } from "../git/git.ts";

/** The object id of each file; undefined when the file was removed. */
type Ids = ReadonlyMap<string, string | undefined>;

interface Merge {
  readonly id: string;
  readonly author: string;
  readonly parents: readonly string[];
}

/**
 * Finds changes that a merge undoes: a file that only one side changed must have that side's content. Otherwise `git
 * merge -s ours` could take back what a session did without showing a change of its own.
 */
export function findMergeLosses(git: Git, from: string | undefined, to: string): Finding[] {
  return listMerges(git, from, to).flatMap((merge) => lossesOf(git, merge));
}

function listMerges(git: Git, from: string | undefined, to: string): Merge[] {
  const range = from === undefined ? [to] : [to, `^${from}`];
  return print(git, ["log", "--merges", "-z", "--format=%H%x00%P%x00%an", ...range, "--"])
    .split("\0")
    .flatMap((id, index, fields) => {
      const [parents = "", author = ""] = fields.slice(index + 1, index + 3);
      return index % 3 === 0 && id !== "" ? [{ id, author, parents: parents.split(" ") }] : [];
    });
}

function lossesOf(git: Git, { id, author, parents }: Merge): Finding[] {
  const base = print(git, ["merge-base", "--octopus", ...parents]).trim();
  if (base === "") return [];
  const sides = parents.map((parent) => changedIds(git, base, parent));
  const merged = changedIds(git, base, id);
  return sides.flatMap((side, index) =>
    [...side]
      .filter(([path]) => sides.every((other, at) => at === index || !other.has(path)))
      .filter(([path, oid]) => !merged.has(path) || merged.get(path) !== oid)
      .map(([path]) => ({
        path,
        line: 1,
        column: 1,
        rule: "merge",
        message: `${id.slice(0, 7)} by ${author}: the merge undoes what ${parents[index]?.slice(0, 7)} brought; expected both sides`,
      })),
  );
}

/** The files of the hub's folder that differ between two commits, as they are in the second. */
function changedIds(git: Git, before: string, after: string): Ids {
  const args = ["diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", before, after, "--", FOLDER];
  const fields = print(git, args).split("\0");
  const ids = new Map<string, string | undefined>();
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const oid = (fields[at] ?? "").split(" ")[3] ?? "";
    ids.set(fields[at + 1] ?? "", /^0+$/.test(oid) ? undefined : oid);
  }
  return ids;
}

function print(git: Git, args: readonly string[]): string {
  return git.runNow(args, "").stdout.toString("utf8");
}
