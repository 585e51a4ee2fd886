import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Installs a hook of a repository, as its owner would; the server's git runs it. */
export async function installHook(repository: string, name: string, script: string): Promise<void> {
  const path = join(repository, "hooks", name);
  await mkdir(join(repository, "hooks"), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
}
