import { commandsIn } from "./shell-words.ts";

/**
 * The files that a line for a shell changes, as far as its plain forms show: redirections, `tee`, `sed -i`, `mv` and the
 * like. What a variable, a pattern or another program names cannot be known.
 */
export function shellEdits(line: string, base = ""): string[] {
  // Undefined after `cd` into a folder that cannot be known.
  let folder: string | undefined = base;
  const edits: string[] = [];
  for (const { words, targets } of commandsIn(line)) {
    const [name = "", ...rest] = withoutPrefixes(words);
    const paths = [...targets, ...(EDITORS[name]?.(rest) ?? [])].filter(isPlain);
    edits.push(...paths.flatMap((path) => under(folder, path) ?? []), ...editsOfShell(name, rest, folder));
    if (name === "cd") folder = isPlain(rest[0] ?? "-") ? under(folder, rest[0] ?? "") : undefined;
  }
  return edits;
}

/** What a line changes that is handed to a shell of its own. */
function editsOfShell(name: string, words: Words, folder: string | undefined): string[] {
  const option = SHELLS.has(name) ? words.findIndex((word) => /^-[a-z]*c$/.test(word)) : -1;
  const script = option < 0 ? undefined : words[option + 1];
  return script === undefined ? [] : shellEdits(script, folder);
}

/** Words that stand before the command that they run. */
const PREFIXES = new Set([
  "sudo",
  "command",
  "env",
  "time",
  "nohup",
  "exec",
  "if",
  "then",
  "do",
  "else",
  "!",
]);

const SHELLS = new Set(["sh", "bash", "zsh", "dash"]);

type Words = readonly string[];

/** For commands that change files: which ones, by the words behind their name. */
const EDITORS: Readonly<Record<string, (words: Words) => Words>> = {
  sed: (words) => (has(words, /^-[a-zA-Z]*i|^--in-place/) ? behindScript(words, /^-[a-zA-Z]*[ef]$/) : []),
  perl: (words) => (has(words, /^-[a-zA-Z]*i/) ? behindScript(words, /^-[a-zA-Z]*[eE]$/) : []),
  tee: operands,
  sponge: operands,
  rm: operands,
  patch: (words) => operands(words).slice(0, 1),
  truncate: operands,
  mv: moved,
  cp: copied,
  ln: copied,
  install: copied,
  dd: (words) => words.flatMap((word) => /^of=(.+)/.exec(word)?.[1] ?? []),
  git: (words) => {
    const [verb = "", ...rest] = operands(words);
    if (verb === "mv") return moved(rest);
    if (verb === "checkout")
      return words.slice(words.includes("--") ? words.indexOf("--") + 1 : words.length);
    return verb === "rm" || verb === "restore" ? rest : [];
  },
};

function operands(words: Words): Words {
  return words.filter((word) => !word.startsWith("-"));
}

function moved(words: Words): Words {
  return [...operands(words), ...inFolder(operands(words))];
}

function copied(words: Words): Words {
  return [...operands(words).slice(-1), ...inFolder(operands(words))];
}

/** The new places of files that are put into a folder. */
function inFolder(paths: Words): string[] {
  const folder = (paths.at(-1) ?? "").replace(/\/$/, "");
  return paths.slice(0, -1).map((path) => `${folder}/${path.replace(/^.*\//, "")}`);
}

/** The operands behind a script, which is the first of them unless an option gives it. */
function behindScript(words: Words, option: RegExp): Words {
  const scripts = words.flatMap((word, at) => (option.test(word) ? [at + 1] : []));
  const rest = words.filter((word, at) => !word.startsWith("-") && !scripts.includes(at));
  return scripts.length > 0 || has(words, /^--expression/) ? rest : rest.slice(1);
}

function has(words: Words, option: RegExp): boolean {
  return words.some((word) => option.test(word));
}

/** The command without what stands before it, and without the folder of its program. */
function withoutPrefixes(words: Words): Words {
  const start = words.findIndex((word) => !PREFIXES.has(word) && !/^\w+=/.test(word));
  const [path = "", ...rest] = start < 0 ? [] : words.slice(start);
  return [path.replace(/^.*\//, ""), ...rest];
}

/** Whether a word is a path as it stands. */
function isPlain(word: string): boolean {
  return (
    word !== "" &&
    word !== "-" &&
    !/[$`*?[\n]/.test(word) &&
    !word.startsWith("/dev/") &&
    !word.startsWith("~")
  );
}

function under(folder: string | undefined, path: string): string | undefined {
  if (path.startsWith("/") || folder === "") return path;
  return folder && `${folder.replace(/\/$/, "")}/${path}`;
}
