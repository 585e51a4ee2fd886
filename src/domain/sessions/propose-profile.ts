import type { Taxonomy } from "../hub/taxonomy.ts";
import { compareTexts } from "../values/order.ts";

/** What can be seen of a project without reading its code. */
export interface ProjectSigns {
  /** Paths of files from the project's root. */
  readonly paths: readonly string[];
  /** Names it gives itself or depends on, as in a package's manifest. */
  readonly names: readonly string[];
}

/** What a session may be called and asked for while nobody has said so. */
export interface ProposedProfile {
  readonly specialty: string;
  readonly skills: readonly string[];
}

const MOST_LANGUAGES = 3;
const MOST_WORDS = 5;

/** Proposes a specialty and skills: what the hub's taxonomy knows of the project's words, and its languages. */
export function proposeProfile({ paths, names }: ProjectSigns, taxonomy: Taxonomy): ProposedProfile {
  const languages = languagesOf(paths);
  const folders = paths.flatMap((path) => path.split("/").slice(0, -1));
  const words = knownWords([...names, ...folders], taxonomy).slice(0, MOST_WORDS);
  return {
    specialty: words[0] ?? languages[0] ?? "",
    skills: [...new Set([...words, ...languages.slice(0, MOST_LANGUAGES)])],
  };
}

/** The specializations that the hub's people mean by a text's words, each once, in the order of the text. */
export function specializationsIn(text: string, taxonomy: Taxonomy): string[] {
  return knownWords([text], taxonomy);
}

/** The languages that most files are written in, the most frequent first. */
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

/** What is written in files of an extension, as one word each. Data and prose say nothing about what a session can do. */
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
