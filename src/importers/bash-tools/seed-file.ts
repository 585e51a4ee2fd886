/** A file as the old tools left it; the path is relative to the imported directory, with `/` between its parts. */
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

/** What a file is by its path; undefined where the old tools kept nothing that a hub has a place for. */
export function kindOf(path: string): SeedKind | undefined {
  return (Object.keys(KINDS) as SeedKind[]).find((kind) => KINDS[kind].test(path));
}

/** The last part of a path without `.json`. */
export function stemOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.json$/, "");
}
