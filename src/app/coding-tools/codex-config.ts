import { join } from "node:path";
import { type CodexTrust, codexTrust } from "../../domain/coding-tools/codex-trust.ts";
import { TOOLS } from "../../domain/coding-tools/tools.ts";
import { projectOf } from "../../store/checkout/checkout.ts";
import { commonOf, findClone, realPath } from "../../store/checkout/git-files.ts";
import { readText } from "../../store/host/files.ts";
import type { World } from "../../world.ts";

/** What Codex's configuration says about a project and the file with its hooks. It is only read. */
export function trustOfCodex({ env, home, directory }: World, hooksFile: string): CodexTrust {
  const folder = env.CODEX_HOME || join(home, ".codex");
  const root = projectOf(directory);
  // Codex trusts all work trees of a clone with the first one.
  const first = commonOf(findClone(root).own).replace(/\/\.git$/, "");
  return codexTrust(readText(join(folder, "config.toml")) ?? "", {
    roots: [root, realPath(root), directory, realPath(directory), first],
    hooksFiles: [hooksFile, realPath(hooksFile)],
    count: Object.keys(TOOLS.codex.hooks.events).length,
  });
}
