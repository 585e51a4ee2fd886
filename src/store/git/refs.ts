import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { readText } from "../host/files.ts";
import type { Git } from "./git.ts";

const OID = /^[0-9a-f]{40,64}$/;

/** The commit that a ref points to, when git stores the ref in a file of its own. */
export function looseRef(repository: string, ref: string): string | undefined {
  return readText(join(repository, ref))?.trim() || undefined;
}

/** The commit that a ref points to, from its own file or from `packed-refs`; undefined when neither has it. */
export function refInFiles(repository: string, ref: string): string | undefined {
  const loose = looseRef(repository, ref);
  if (loose !== undefined) return loose;
  const packed = readText(join(repository, "packed-refs")) ?? "";
  const line = packed.split("\n").find((each) => each.endsWith(` ${ref}`));
  return line?.split(" ")[0];
}

/**
 * The commit that a ref of a bare repository points to; null when there is none. Starts git only when the files do not
 * tell: when the ref is packed, symbolic, or stored otherwise than in files.
 */
export function knownRef(git: Git, ref: string): string | null {
  const loose = looseRef(git.directory, ref);
  if (loose !== undefined && OID.test(loose)) return loose;
  // Git writes the file of packed refs before it removes that of a ref, so a ref that is in neither is not there.
  const others = ["packed-refs", "reftable"].map((name) => join(git.directory, name));
  if (loose === undefined && !others.some((path) => existsSync(path))) return null;
  const { code, stdout } = git.runNow(["show-ref", "--verify", "--hash", ref], "");
  const oid = stdout.toString("utf8").trim();
  return code === 0 && OID.test(oid) ? oid : null;
}

/** Deletes refs in one step. */
export function deleteRefs(git: Git, refs: readonly string[]): void {
  git.runNow(["update-ref", "--stdin"], refs.map((ref) => `delete ${ref}\n`).join(""));
}

/**
 * A text that stays the same while the files that store a ref are untouched. Comparing two of them avoids starting
 * git.
 */
export function refStamp({ directory }: Git, ref: string): string {
  const loose = readText(join(directory, ref));
  const packed = statSync(join(directory, "packed-refs"), { throwIfNoEntry: false });
  return loose ?? `packed ${packed?.mtimeMs} ${packed?.size}`;
}
