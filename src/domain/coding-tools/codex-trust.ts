/** What Codex's own configuration says about a project and its hooks. */
export interface CodexTrust {
  /** Whether the user trusts the project's folder. Before that, Codex reads no hooks in it. */
  readonly project: boolean;
  /** Of how many of the hooks in the file the user has trusted some version. Codex asks again when one has changed. */
  readonly hooks: "all" | "some" | "none";
  /** Whether hooks are turned off. */
  readonly isOff: boolean;
}

/**
 * Reads Codex's configuration as Codex writes it: a table for each project and each hook. `roots` are the paths by which
 * the project may be known, `hooksFiles` those of the file with its hooks, which has so many.
 */
export function codexTrust(
  config: string,
  { roots, hooksFiles, count }: { roots: readonly string[]; hooksFiles: readonly string[]; count: number },
): CodexTrust {
  const tables = tablesIn(config);
  const isTrusted = (root: string) =>
    tables.some(
      ({ path, text }) =>
        isPath(path, ["projects", root]) && /^[ \t]*trust_level[ \t]*=[ \t]*["']trusted["']/m.test(text),
    );
  const trusted = tables.filter(
    ({ path: [hooks, state, key = ""], text }) =>
      hooks === "hooks" &&
      state === "state" &&
      hooksFiles.some((file) => key.startsWith(`${file}:`)) &&
      /^[ \t]*trusted_hash[ \t]*=/m.test(text),
  );
  const features = tables.filter(({ path }) => isPath(path, ["features"]));
  return {
    project: roots.some(isTrusted),
    hooks: trusted.length === 0 ? "none" : trusted.length < count ? "some" : "all",
    isOff: features.some(({ text }) => /^[ \t]*(?:codex_)?hooks[ \t]*=[ \t]*false/m.test(text)),
  };
}

interface Table {
  readonly path: readonly string[];
  readonly text: string;
}

/** The tables of a TOML text, each with the lines below its head. */
function tablesIn(config: string): Table[] {
  const heads = [...config.matchAll(/^[ \t]*\[([^\n]+)\][ \t]*(?:#[^\n]*)?\r?$/gm)];
  return heads.map((head, at) => ({
    path: keysIn(head[1] ?? ""),
    text: config.slice(head.index + head[0].length, heads[at + 1]?.index ?? config.length),
  }));
}

/** The keys of a table's head, without their quotes. */
function keysIn(head: string): string[] {
  const keys = head.matchAll(/"((?:[^"\\]|\\.)*)"?|'([^']*)'?|([\w-]+)/g);
  return [...keys].map(
    ([, basic, literal, bare]) => basic?.replace(/\\(["\\])/g, "$1") ?? literal ?? bare ?? "",
  );
}

function isPath(path: readonly string[], meant: readonly string[]): boolean {
  return path.length === meant.length && path.every((key, at) => key === meant[at]);
}
