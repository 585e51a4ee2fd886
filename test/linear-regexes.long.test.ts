import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseAst } from "rolldown/parseAst";
import { analyse } from "scslre";
import { describe, expect, it } from "vitest";
import { LAYOUT_KINDS, patternOf } from "../src/domain/hub/layout.ts";

const SOURCE = new URL("../src/", import.meta.url).pathname;

/** The one file that composes regular expressions of texts: of its own table. */
const COMPOSING = "domain/hub/layout.ts";
/** The search for secrets composes them of lists of words. The tests of that folder time the whole search. */
const SECRETS = "domain/secrets/";

/** The regular expressions in a file of the program, with its name. */
function literalsIn(name: string): [name: string, regex: RegExp][] {
  const found: [string, RegExp][] = [];
  const open: unknown[] = [parseAst(readFileSync(join(SOURCE, name), "utf8"), { lang: "ts" })];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node !== "object" || node === null) continue;
    if ("regex" in node && isPattern(node.regex))
      found.push([name, new RegExp(node.regex.pattern, node.regex.flags)]);
    open.push(...Object.values(node));
  }
  return found;
}

function isPattern(value: unknown): value is { pattern: string; flags: string } {
  return typeof value === "object" && value !== null && "pattern" in value && "flags" in value;
}

/** How often a word is repeated: then a quadratic search takes a hundred times as long as a linear one. */
const REPEATS = 4000;
const MAX_MS = 20;

/** What a part of a pattern may match. */
const SAMPLES: readonly (readonly [part: string, text: string])[] = [
  ["\\s", " "],
  ["\\s", "\n"],
  ["\\S", "a"],
  ["\\d", "0"],
  ["\\w", "a"],
  [".", "a"],
  ["\\n", "\n"],
  ["a-z", "a"],
  ["[^", "a"],
  ["\\p{", "a"],
];

/** Words that a pattern knows: its plain texts and neighbours of them, their characters, and samples of its classes. */
function wordsOf({ source }: RegExp): string[] {
  const literal = source.replaceAll(/\\([^a-zA-Z0-9])/g, (_, character) => toPrivate(character));
  const texts = literal
    .replaceAll(/\(\?(?:[:=!]|<[=!])|\{[\d,]+\}/g, "\0")
    .replaceAll(/\\[a-zA-Z]|[()[\]{}?*+|^$]/g, "\0")
    .split("\0")
    .filter((text) => text !== "")
    .map((text) => text.replaceAll(/[\ue000-\ue0ff]/g, fromPrivate))
    .slice(0, 12);
  const characters = [...new Set(texts.join(""))].slice(0, 24);
  const samples = SAMPLES.flatMap(([part, text]) => (source.includes(part) ? [text] : []));
  const pairs = texts.slice(1).map((text, index) => `${texts[index]}${text}`);
  const escapes = characters.includes("\\") ? characters.map((character) => `\\${character}`) : [];
  return [...new Set([...texts, ...characters, ...samples, ...pairs, ...escapes])];
}

/** An escaped character, so that it is not taken for a sign of the pattern. */
function toPrivate(character: string): string {
  return String.fromCharCode(0xe000 + character.charCodeAt(0));
}

function fromPrivate(character: string): string {
  return String.fromCharCode(character.charCodeAt(0) - 0xe000);
}

/** A reason why a search with a regular expression may take more than linear time; undefined where none is found. */
function slownessOf(regex: RegExp): string | undefined {
  const [report] = analyse({ source: regex.source, flags: regex.flags }).reports;
  if (report) return `${report.type}: ${report.exponential ? "exponential" : "polynomial"} backtracking`;
  const words = wordsOf(regex);
  for (const start of ["", ...words.filter(({ length }) => length > 1).slice(0, 3)])
    for (const word of words) {
      // A search that is exponential would not end with many repeats.
      for (const repeats of [12, 24, REPEATS]) {
        const text = `${start}${word.repeat(repeats)}\u0001`;
        // The machine may be busy with something else for a moment, but hardly three times.
        if ([1, 2, 3].every(() => timeOf(regex, text) > MAX_MS))
          return `slow on ${JSON.stringify(start)} and ${repeats} times ${JSON.stringify(word)}`;
      }
    }
  return undefined;
}

function timeOf(regex: RegExp, text: string): number {
  const began = performance.now();
  if (regex.global) text.replaceAll(regex, "");
  else regex.test(text);
  return performance.now() - began;
}

describe("a search with a regular expression", () => {
  it("takes linear time, for each of the program", () => {
    const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".ts"),
    );
    const composed = LAYOUT_KINDS.map((kind): [string, RegExp] => [COMPOSING, patternOf(kind)]);
    const all = [...files.flatMap(literalsIn), ...composed];
    expect(all.length).toBeGreaterThan(250);
    const slow = all.flatMap(([name, regex]) => {
      const reason = slownessOf(regex);
      return reason === undefined ? [] : [`${name}: ${regex} ${reason}`];
    });
    expect(slow).toEqual([]);
  });

  it("is written as a literal, so that it is looked at here", () => {
    const composing = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.startsWith(SECRETS))
      .filter((name) => /\bRegExp\(/.test(readFileSync(join(SOURCE, name), "utf8")));
    expect(composing).toEqual([COMPOSING]);
  });

  it.each([
    /^(.*?)(\.{2,})(.*)$/,
    /-+$/,
    /^\s*url\s*=\s*(.+)$/m,
    /\/MESSAGES\/.*\/([^/]+)\.md$/,
    /^((?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*),/,
    /(?:account|repository).* (?:suspended|blocked)/,
    /"[^"\\]*(?:\\.[^"\\]*)*"/g,
    /(?<=.)(?:\/\*\*+)+$/s,
    /(a+)+b/,
  ])("is found to be slow: %s", (regex) => {
    expect(slownessOf(regex)).toBeDefined();
  });
});
