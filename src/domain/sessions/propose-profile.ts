import type { Taxonomy } from "../hub/taxonomy.ts";
import { compareTexts } from "../values/order.ts";

/** What the paths and the manifest of a project show, without its code. */
export interface ProjectSigns {
  /** Paths of files, relative to the project's root. */
  readonly paths: readonly string[];
  /** The project's name and its dependencies, as in a package manifest. */
  readonly names: readonly string[];
}

/** A specialty and skills for a session whose user has set none. */
export interface ProposedProfile {
  readonly specialty: string;
  readonly skills: readonly string[];
}

const MAX_LANGUAGES = 3;
const MAX_WORDS = 5;

/** Proposes a specialty and skills: the project's words that the hub's taxonomy has, then its languages. */
export function proposeProfile({ paths, names }: ProjectSigns, taxonomy: Taxonomy): ProposedProfile {
  const languages = languagesOf(paths);
  const folders = paths.flatMap((path) => path.split("/").slice(0, -1));
  const words = knownWords([...names, ...folders], taxonomy).slice(0, MAX_WORDS);
  return {
    specialty: words[0] ?? languages[0] ?? "",
    skills: [...new Set([...words, ...languages.slice(0, MAX_LANGUAGES)])],
  };
}

/** The words of a text that the taxonomy has, each once, in the order of the text. */
export function specializationsIn(text: string, taxonomy: Taxonomy): string[] {
  return knownWords([text], taxonomy);
}

/** The languages of the files, the most frequent first. */
function languagesOf(paths: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const extension = /\.([a-z]{1,6})$/i.exec(path)?.[1]?.toLowerCase() ?? "";
    const language = Object.hasOwn(LANGUAGES, extension) ? LANGUAGES[extension] : undefined;
    if (language !== undefined) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || compareTexts(a, b)).map(([language]) => language);
}

/** The words of the texts that the taxonomy has, as a keyword or as a specialization. */
function knownWords(texts: readonly string[], taxonomy: Taxonomy): string[] {
  const known = new Set([...Object.keys(taxonomy), ...Object.values(taxonomy).flat()]);
  const words = texts.flatMap((text) => text.toLowerCase().split(/[^a-z0-9-]+/));
  return [...new Set(words.filter((word) => known.has(word)))];
}

/** The language of each file extension. Data and prose are left out, because they show no skill of a session. */
const LANGUAGES: Readonly<Record<string, string>> = {
  c: "c",
  cc: "cpp",
  clj: "clojure",
  cpp: "cpp",
  cs: "csharp",
  css: "css",
  dart: "dart",
  ex: "elixir",
  exs: "elixir",
  go: "go",
  h: "c",
  hpp: "cpp",
  hs: "haskell",
  html: "html",
  java: "java",
  jl: "julia",
  js: "javascript",
  jsx: "javascript",
  kt: "kotlin",
  lua: "lua",
  mjs: "javascript",
  ml: "ocaml",
  php: "php",
  pl: "perl",
  py: "python",
  r: "r",
  rb: "ruby",
  rs: "rust",
  scala: "scala",
  scss: "css",
  sh: "shell",
  sql: "sql",
  svelte: "svelte",
  swift: "swift",
  tf: "terraform",
  ts: "typescript",
  tsx: "typescript",
  vue: "vue",
  zig: "zig",
};
