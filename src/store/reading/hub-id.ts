import type { Git } from "../git/git.ts";
import { isShallow } from "../git/history.ts";
import type { Root } from "./listing.ts";
import type { SnapshotReader } from "./snapshot-reader.ts";

/**
 * The id of a hub, which is the same at each of its addresses: the one in its settings, else its first commit.
 * Undefined where this host has only a part of the history of a hub without an id.
 */
export async function findHubId(git: Git, reader: SnapshotReader, root: Root): Promise<string | undefined> {
  const { state } = await reader.read(root, ["settings"]);
  if (state.settings.id !== undefined) return `id ${state.settings.id}`;
  if (isShallow(git)) return undefined;
  const { code, stdout } = git.runNow(["rev-list", "--max-parents=0", root.commit, "--"], "");
  const [first] = stdout.toString("utf8").split("\n").filter(Boolean).sort();
  return code === 0 && first !== undefined ? `commit ${first}` : undefined;
}
