import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { HiveError } from "../../errors.ts";
import { isSystemError } from "../host/unkept.ts";

/**
 * The path of a new replica for one process, outside the state directory. Throws the reason why the state directory
 * cannot be used where there is no other place either.
 */
export function temporaryReplica(reason: HiveError): string {
  try {
    return join(mkdtempSync(join(tmpdir(), "git-hive-")), "replica.git");
  } catch (error) {
    throw isSystemError(error) ? reason : error;
  }
}

export function removeTemporaryReplica(replica: string): void {
  rmSync(dirname(replica), { recursive: true, force: true });
}
