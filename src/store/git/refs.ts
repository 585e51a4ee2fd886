import { statSync } from "node:fs";
import { join } from "node:path";
import { readText } from "../host/files.ts";
import type { Git } from "./git.ts";

const OID = /^[0-9a-f]{40,64}$/;

/** The commit a ref of a bare repository holds: read as a file where git keeps it as one, which spares a process. */
export function knownRef(git: Git, ref: string): string | null {
  const loose = readText(join(git.directory, ref))?.trim();
  if (loose !== undefined && OID.test(loose)) return loose;
  const { code, stdout } = git.runNow(["show-ref", "--verify", "--hash", ref], "");
  const oid = stdout.toString("utf8").trim();
  return code === 0 && OID.test(oid) ? oid : null;
}

/** The same for as long as nothing has touched the files that hold a ref: spares a process a look. */
export function refStamp({ directory }: Git, ref: string): string {
  const loose = readText(join(directory, ref));
  const packed = statSync(join(directory, "packed-refs"), { throwIfNoEntry: false });
  return loose ?? `packed ${packed?.mtimeMs} ${packed?.size}`;
}
