import { cpuUsage } from "node:process";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { glob, haveCommonPath, onlyPath } from "../../../../src/domain/claims/glob/glob.ts";
import { hostileText } from "../../../support/hostile.ts";

function overlaps(a: string, b: string): boolean {
  return haveCommonPath(glob(a), glob(b));
}

function means(pattern: string, path: string): boolean {
  return haveCommonPath(glob(pattern), onlyPath(path));
}

describe("a pattern matches", () => {
  it.each([
    ["src/api.ts", "src/api.ts"],
    ["src/api", "src/api/deep/down.ts"],
    ["src/api/**", "src/api/deep/down.ts"],
    ["src/api/**", "src/api"],
    ["src/*.ts", "src/a.ts"],
    ["src/*", "src/.env"],
    ["src/**/*.ts", "src/a.ts"],
    ["src/**/*.ts", "src/a/b/c.ts"],
    ["**/test", "a/test/b.ts"],
    ["**", "a/b"],
    ["src/**.ts", "src/a/b.ts"],
    ["a?c", "abc"],
    ["a?c", "a字c"],
    ["a?c", "a\u{1f600}c"],
    ["[a-c]x", "bx"],
    ["[!a-c]x", "dx"],
    ["[^a-c]x", "dx"],
    ["[]]x", "]x"],
    ["[a-]x", "-x"],
    ["app/[id]/page.tsx", "app/[id]/page.tsx"],
    ["app/[[...slug]]/page.tsx", "app/[[...slug]]/page.tsx"],
    ["src/{api,web}/x", "src/web/x"],
    ["src/{api,web/{a,b}}/x", "src/web/b/x"],
    ["{a,b}{c,d}", "bd"],
    ["src{,/deep}/x", "src/x"],
    ["{a}", "{a}"],
    ["{1..3}", "{1..3}"],
    ["{a,b", "{a,b"],
    ["a,b", "a,b"],
    ["[a", "[a"],
    ["[a/b]", "[a/b]"],
    ["a[*]b", "a*b"],
  ])("%s: %s", (pattern, path) => {
    expect(means(pattern, path)).toBe(true);
  });

  it.each([
    ["src/api.ts", "src/Api.ts"],
    ["src/api", "src/apix"],
    ["src/*", "src/a/b"],
    ["src/*.ts", "src/a.tsx"],
    ["*", "a/b"],
    ["a**/b", "ab"],
    ["src/**/x", "srcx"],
    ["src/**/x", "x"],
    ["a?b", "a/b"],
    ["a[!b]c", "a/c"],
    ["a[.-0]c", "a/c"],
    ["[z-a]", "m"],
    ["a[*]b", "axb"],
    ["{a,b}", "{a,b}"],
    ["{a,b}", "c"],
    ["a/{,b}/c", "a//c"],
    ["src/**", "src/"],
    ["!(a)", "b"],
  ])("%s, not: %s", (pattern, path) => {
    expect(means(pattern, path)).toBe(false);
  });
});

describe("two patterns overlap if both match a common path", () => {
  it.each([
    ["src/**", "src/api/*.ts", true],
    ["src/*/a.ts", "src/b/*.ts", true],
    ["*.ts", "a*", true],
    ["*.ts", "*.tsx", false],
    ["src/api/**", "src/web/**", false],
    ["src/*", "src/*/a", false],
    ["src/*", "src/*/*", false],
    ["src/**/**", "src", true],
    ["**/a.ts", "src/**", true],
    ["**/a", "**/b", true],
    ["**/*.ts", "**/*.md", false],
    ["[a-m]*", "[n-z]*", false],
    ["[a-n]*", "[n-z]*", true],
    ["{a,b}/x", "{b,c}/x", true],
    ["{a,b}/x", "{c,d}/x", false],
    ["app/[id]/**", "app/**/page.tsx", true],
    ["*", "**", true],
    ["a*a", "*aa*aa", true],
    ["*a", "*b", false],
  ])("%s and %s: %s", (a, b, answer) => {
    expect(overlaps(a, b)).toBe(answer);
    expect(overlaps(b, a)).toBe(answer);
  });
});

/* What patterns match, computed independently as a regular expression, part by part. */

interface GlobPart {
  readonly text: string;
  readonly regex: string;
}

function join(parts: readonly GlobPart[], key: keyof GlobPart): string {
  return parts.map((part) => part[key]).join("");
}

const plain = fc.constantFrom("a", "b").map((text): GlobPart => ({ text, regex: text }));
const inClass = fc.constantFrom<GlobPart>(
  { text: "[ab]", regex: "(?:[ab]|\\[ab\\])" },
  { text: "[!a]", regex: "(?:[^a/]|\\[!a\\])" },
  { text: "[b-z]", regex: "(?:[b-z]|\\[b-z\\])" },
);
const wild = fc.constantFrom<GlobPart>({ text: "*", regex: "[^/]*" }, { text: "?", regex: "[^/]" });
const inBraces = (most: number) =>
  fc
    .array(fc.oneof(plain, wild), { maxLength: most })
    .map((parts): GlobPart => ({ text: join(parts, "text"), regex: join(parts, "regex") }));
const choice = (most: number) =>
  fc.array(inBraces(most), { minLength: 2, maxLength: 3 }).map(
    (parts): GlobPart => ({
      text: `{${parts.map(({ text }) => text).join(",")}}`,
      regex: `(?:${parts.map(({ regex }) => regex).join("|")})`,
    }),
  );
const FOLDERS: GlobPart = { text: "**", regex: "" };

/** One name of a pattern with a number of parts. Two stars are never adjacent, because `**` has another meaning. */
const name = (most: number) =>
  fc
    .array(
      fc.oneof({ weight: 4, arbitrary: plain }, { weight: 2, arbitrary: wild }, inClass, choice(most - 1)),
      {
        minLength: 1,
        maxLength: most,
      },
    )
    .map((parts): GlobPart => ({ text: join(parts, "text"), regex: join(parts, "regex") }))
    .filter(({ text }) => !text.includes("**"));

/** A pattern with a number of names and parts in each, and the expression for the paths that it matches. */
const pattern = (most: number) =>
  fc
    .array(fc.oneof({ weight: 4, arbitrary: name(most) }, fc.constant(FOLDERS)), {
      minLength: 1,
      maxLength: most,
    })
    .map((names) => ({
      text: names.map(({ text }) => text).join("/"),
      regex: new RegExp(`^(?!/)(?!.*//)(?!.*/$)(?=.)${regexOf(names)}$`, "u"),
    }));

function regexOf([first = FOLDERS, ...rest]: readonly GlobPart[]): string {
  if (rest.length === 0) {
    const below = /[*?]/.test(first.text) ? "" : "(?:/.*)?";
    return first.text === "**" ? ".*" : `${first.regex}${below}`;
  }
  if (first.text === "**") return `(?:.*/)?${regexOf(rest)}`;
  return rest.every(({ text }) => text === "**")
    ? `${first.regex}(?:/.*)?`
    : `${first.regex}/${regexOf(rest)}`;
}

/** Every path with a number of units from an alphabet. The alphabet has the characters that patterns distinguish. */
function pathsOf(units: readonly string[], most: number): string[] {
  if (most === 0) return [""];
  const shorter = pathsOf(units, most - 1);
  return [...new Set(shorter.flatMap((path) => [path, ...units.map((unit) => path + unit)]))];
}
const PATHS = [
  ...pathsOf(["a", "b", "/"], 8),
  ...pathsOf(["a", "b", "/", "[ab]", "[!a]", "[b-z]"], 4),
].filter((path) => !/^\/|\/\/|\/$|^$/.test(path));

describe("for any pattern", () => {
  it("the glob matches the same paths as the regular expression", () => {
    return fc.assert(
      fc.property(pattern(3), fc.constantFrom(...PATHS), ({ text, regex }, path) => {
        expect(means(text, path)).toBe(regex.test(path));
      }),
      { numRuns: 20_000 },
    );
  });

  it("two patterns overlap exactly if both match some path", () => {
    return fc.assert(
      fc.property(pattern(2), pattern(2), (a, b) => {
        const common = PATHS.find((path) => a.regex.test(path) && b.regex.test(path));
        expect([overlaps(a.text, b.text), common]).toEqual([common !== undefined, common]);
      }),
      { numRuns: 3000 },
    );
  });

  it("a pattern that matches a path overlaps itself, and overlap is symmetric", () => {
    return fc.assert(
      fc.property(pattern(4), pattern(4), fc.constantFrom(...PATHS), (a, b, path) => {
        if (means(a.text, path)) expect(overlaps(a.text, a.text)).toBe(true);
        if (means(a.text, path) && means(b.text, path)) expect(overlaps(a.text, b.text)).toBe(true);
        expect(overlaps(a.text, b.text)).toBe(overlaps(b.text, a.text));
      }),
      { numRuns: 5000 },
    );
  });

  it("overlap is symmetric for hostile texts too", () => {
    return fc.assert(
      fc.property(hostileText, hostileText, (a, b) => {
        const [one, other] = [a.slice(0, 256), b.slice(0, 256)];
        expect(overlaps(one, other)).toBe(overlaps(other, one));
      }),
    );
  });
});

describe("the slowest patterns of 256 characters", () => {
  const fill = (unit: string) => unit.repeat(256).slice(0, 256);
  const WORST = [
    ...["*a", "**/a", "{a,b}", "{{a,", "[a-z]", "[", "?*", "**", "{*,**}", "*{a,*}", "a", "[!a]*"].map(fill),
    `${fill("*a").slice(0, 254)}*b`,
    `${fill("**/*a").slice(0, 250)}/*b`,
    `${"{".repeat(80)}a${",b}".repeat(58)}`,
  ];

  it("are compared with each other in milliseconds", () => {
    const times = WORST.flatMap((a) =>
      WORST.map((b) => {
        // The time of this process alone: what else the machine does counts for nothing.
        const start = cpuUsage();
        overlaps(a, b);
        return cpuUsage(start).user / 1000;
      }),
    );
    expect(Math.max(...times)).toBeLessThan(500);
    expect(times.sort((x, y) => x - y)[Math.floor(times.length * 0.9)]).toBeLessThan(100);
  });
});
