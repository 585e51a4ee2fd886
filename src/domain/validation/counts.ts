import { FOLDER, locationOf } from "../hub/layout.ts";
import { MAX_FILES_OF_KIND, MAX_OTHER_FILES, WHOLE_KINDS } from "../hub/limits.ts";
import { type HubFault, type HubFiles, kindOf } from "./hub-files.ts";

/** Finds folders with more files than readers read. What they leave out is as good as not there. */
export function readableCounts({ paths }: HubFiles): HubFault[] {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const folder = path.slice(0, path.lastIndexOf("/"));
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...crowdedFolders(counts), ...otherFiles(paths)];
}

function crowdedFolders(counts: ReadonlyMap<string, number>): HubFault[] {
  return WHOLE_KINDS.map((kind) => `${FOLDER}/${locationOf(kind).path}`)
    .filter((folder) => (counts.get(folder) ?? 0) > MAX_FILES_OF_KIND)
    .map((path) => ({
      path,
      rule: "count",
      message: `${counts.get(path)} files; at most ${MAX_FILES_OF_KIND} are read`,
    }));
}

function otherFiles(paths: ReadonlySet<string>): HubFault[] {
  const others = [...paths].filter((path) => kindOf(path) === "others").length;
  if (others <= MAX_OTHER_FILES) return [];
  const message = `${others} files that git-hive does not read; at most ${MAX_OTHER_FILES} are checked`;
  return [{ path: FOLDER, rule: "count", message }];
}
