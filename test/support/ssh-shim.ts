import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Sandbox } from "./sandbox.ts";

/** Logs what it was asked and runs the remote command here, as the host at the other end would. */
const SHIM = `#!/bin/sh
printf '%s\\n' "$*" >> "$0.log"
for last; do :; done
exec sh -c "$last"
`;

/** Writes an `ssh` that never leaves this machine, for GIT_SSH_COMMAND; its path. Its calls are in `<path>.log`. */
export async function writeSshShim(sandbox: Sandbox): Promise<string> {
  const path = join(sandbox.folder("ssh-shim"), "ssh");
  await writeFile(path, SHIM);
  await chmod(path, 0o755);
  return path;
}
