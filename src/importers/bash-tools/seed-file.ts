/** A file of the old tools. The path is relative to the imported directory and uses `/`. */
export interface SeedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const KINDS = {
  registry: /^REGISTRY\.json$/,
  board: /^MESSAGES\.md$/,
  session: /^session-[^/]*\.json$/,
  heartbeat: /^HEARTBEATS\/[^/]+\.json$/,
  collaboration: /^(?:ACTIVE|ARCHIVE)\/COLLABORATIONS\/.+\.json$/,
  broadcast: /^messages\/broadcast\/[^/]+\.json$/,
  direct: /^messages\/direct\/[^/]+\/[^/]+\.json$/,
} as const;
export type SeedKind = keyof typeof KINDS;

/** The kind of a file by its path; undefined if a hub has nothing for it. */
export function kindOf(path: string): SeedKind | undefined {
  return (Object.keys(KINDS) as SeedKind[]).find((kind) => KINDS[kind].test(path));
}

/** The file name of a path, without `.json`. */
export function stemOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.json$/, "");
}
