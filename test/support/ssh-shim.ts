import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Sandbox } from "./sandbox.ts";

/** Logs what it was asked and runs the remote command here, as the host at the other end would, after a delay if any. */
const shim = (delay: number) => `#!/bin/sh
printf '%s\\n' "$*" >> "$0.log"
for last; do :; done
${delay > 0 ? `sleep ${delay / 1000}\n` : ""}exec sh -c "$last"
`;

/**
 * Writes an `ssh` that never leaves this machine, for GIT_SSH_COMMAND; its path. Its calls are in `<path>.log`.
 * `delay` is what a connection takes before it is answered, in milliseconds.
 */
export async function writeSshShim(sandbox: Sandbox, options: { delay?: number } = {}): Promise<string> {
  const path = join(sandbox.folder("ssh-shim"), "ssh");
  await writeFile(path, shim(options.delay ?? 0));
  await chmod(path, 0o755);
  return path;
}
