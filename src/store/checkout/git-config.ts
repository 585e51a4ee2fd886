/** A remote in the settings of a repository. */
export interface Remote {
  readonly name: string;
  readonly url: string;
}

const SECTION = /^\[\s*remote\s+"((?:[^"\\]|\\.)*)"\s*\]/i;
const ANY_SECTION = /^\[[^\]]*\]/;

/**
 * The remotes in the text of a `config` file of git, `origin` first. The file is read without git, because git refuses
 * a repository of another user, and may not be installed where a coding tool runs.
 */
export function remotesIn(config: string): Remote[] {
  const found = new Map<string, string>();
  let remote: string | undefined;
  for (const line of joinLines(config).split(/\r?\n/)) {
    let rest = line.trim();
    const section = ANY_SECTION.exec(rest)?.[0];
    if (section !== undefined) {
      remote = SECTION.exec(rest)?.[1]?.replaceAll(/\\(.)/g, "$1");
      rest = rest.slice(SECTION.exec(rest)?.[0].length ?? section.length).trim();
    }
    const [key = "", ...value] = rest.split("=");
    const url = value.length > 0 && key.trim().toLowerCase() === "url" ? value.join("=").trim() : undefined;
    if (remote !== undefined && url !== undefined && !found.has(remote)) found.set(remote, settingOf(url));
  }
  const remotes = [...found].map(([name, url]) => ({ name, url })).filter(({ url }) => url !== "");
  return [
    ...remotes.filter(({ name }) => name === "origin"),
    ...remotes.filter(({ name }) => name !== "origin"),
  ];
}

/** Joins lines that a backslash continues. A backslash that another one escapes does not. */
function joinLines(config: string): string {
  return config.replaceAll(/\\(\r?\n|[\s\S])/g, (all, next: string) => (next.endsWith("\n") ? "" : all));
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", b: "\b" };

/** The value of a setting: without quotes, comments, and white space around it. */
function settingOf(written: string): string {
  let value = "";
  let isQuoted = false;
  let end = 0;
  for (let at = 0; at < written.length; at++) {
    const character = written[at] ?? "";
    if (character === '"') isQuoted = !isQuoted;
    else if (character === "\\") value += ESCAPES[written[++at] ?? ""] ?? written[at] ?? "";
    else if (!isQuoted && (character === "#" || character === ";")) break;
    else value += character;
    if (isQuoted || !/\s/.test(character)) end = value.length;
  }
  return value.slice(0, end);
}
