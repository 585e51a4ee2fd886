import { join } from "node:path";
import { SETTINGS_PATH } from "../../domain/hub/layout.ts";
import type { Git } from "../git/git.ts";
import { isShallow } from "../git/history.ts";
import { readText, writeAtomically } from "../host/files.ts";
import type { Host } from "../host/state-directory.ts";
import type { Unkept } from "../host/unkept.ts";
import { anotherHub } from "../hub/errors.ts";
import { hubLocation, hubName } from "../hub/location.ts";
import type { Repository } from "../replica/repository.ts";
import { isHub, type Root } from "./listing.ts";
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

/** The file in a hub's directory with an id that the settings got later in the same history. */
const LATER_ID_FILE = "@later-id";

/** What tells which hub is at an address. */
interface Known {
  readonly host: Host;
  readonly repository: Pick<Repository, "git" | "address">;
  readonly reader: SnapshotReader;
  readonly unkept: Unkept;
}

/**
 * Throws HiveError where the hub at an address is not the one that this host knows there: its settings have another id,
 * and its history never had the known one. What was written for the one hub must not land in the other.
 */
export async function refuseOtherHub({ host, repository, reader, unkept }: Known, root: Root): Promise<void> {
  const { git, address } = repository;
  const [kind, known = ""] = hubName(host, address).name.split(" ");
  if (kind !== "id" || !isHub(root)) return;
  const { id = "" } = (await reader.read(root, ["settings"])).state.settings;
  if (id === known) return;
  const later = join(hubLocation(host, address).directory, LATER_ID_FILE);
  if (readText(later) === id) return;
  const search = ["log", "--format=%H", "-1", `-S${known}`, root.commit, "--", SETTINGS_PATH];
  if (git.runNow(search, "").stdout.length === 0) throw anotherHub(address);
  unkept.tolerate(() => writeAtomically(later, id));
}
