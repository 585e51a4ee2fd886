import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { breakReferences, commitLine } from "../../../src/domain/values/inert.ts";
import { mentionsIn } from "../../support/github/markdown-oracle.ts";
import { hostileText } from "../../support/hostile.ts";
import { isSafeToShow } from "../../support/unsafe.ts";

const KEYWORDS = [
  ...["close", "closes", "closed", "closing", "fix", "fixes", "fixed", "fixing"],
  ...[
    "resolve",
    "resolves",
    "resolved",
    "resolving",
    "implement",
    "implements",
    "implemented",
    "implementing",
  ],
];

const REFERENCES = [
  ...["#12", "GH-12", "gh-12", "!12", "octo/repo#12", "octo/repo!12", "group/sub/repo#12", "AB#12"],
  "https://github.com/octo/repo/issues/12",
  "https://github.com/octo/repo/pull/12",
  "https://gitlab.com/group/repo/-/issues/12",
  "https://gitlab.com/group/repo/-/work_items/12",
  "https://gitlab.com/group/repo/-/merge_requests/12",
  "https://bitbucket.org/team/repo/pull-requests/12",
];

/**
 * What forges act on in a commit message, written after their manuals and not taken from the program: a keyword and a
 * reference, with a colon, "issue", other references or a line break between.
 */
const CLOSING =
  /\b(?:clos|fix|resolv|implement)\w*\b:?\s+(?:issues?\s+)?(?:[\w./-]*[#!]\d|gh-\d|https?:\/\/\S+\/\d)/i;
const REFERENCE = /[#!]\d|\bgh-\d|\/(?:issues|pull|work_items|merge_requests|pull-requests)\/\d/i;
const MENTION = /@[\w-]/;

/** Words that leave out the runs of some system, from the systems' manuals. */
const SKIPPING = [
  ...["[skip ci]", "[ci skip]", "[no ci]", "[skip actions]", "[actions skip]", "[SKIP CI]", "[skip-ci]"],
  ...["[ci-skip]", "[skip_ci]", "[skip travis]", "[travis skip]", "[skip netlify]", "[netlify skip]"],
  ...["[skip azurepipelines]", "[azurepipelines skip]", "[skip azp]", "[skip appveyor]", "[skip buddy]"],
  ...["[CF-Pages-Skip]", "[vercel skip]", "[skip  ci]", "[ skip ci ]", "[[skip ci]]", "[skip ci"],
  ...["***NO_CI***", "***no_ci***", "skip-checks: true", "skip-checks:true", "request-checks: true"],
];
const SKIP = /\[[^\][()]{0,40}(?:skip|no ci)[^\][()]{0,20}\]|\*\*\*NO_CI|(?:skip|request)-checks\s*:/i;

function expectInert(line: string): void {
  for (const acted of [CLOSING, REFERENCE, MENTION, SKIP]) expect(line).not.toMatch(acted);
  expect(mentionsIn(line)).toEqual([]);
  expect(line).not.toContain("\n");
}

describe("a line of a commit message", () => {
  it.each(KEYWORDS)("closes nothing after %s", (keyword) => {
    for (const reference of REFERENCES) {
      for (const link of [" ", ": ", " issue ", "  ", "\n", "\t"]) {
        const text = `${keyword}${link}${reference}`;
        expect(text).toMatch(REFERENCE);
        expectInert(commitLine(text));
        expectInert(commitLine(`${keyword.toUpperCase()}${link}${reference}, ${reference} and ${reference}`));
      }
    }
  });

  it.each(SKIPPING)("skips no run: %s", (words) => {
    expectInert(commitLine(`send session-1 to all: ${words}`));
    expectInert(commitLine(`${words}${words} ${words}`));
  });

  it("mentions no user and no team", () => {
    for (const text of ["@octocat", "/cc @octo/team", "a@b", "(@octocat)", "@@octocat", "\\@octocat", "@_x"])
      expectInert(commitLine(text));
  });

  it("stays readable, and is the same when it is made inert again", () => {
    const text = 'send a to #deploy: Fixes #12, closes octo/repo#3 @octocat [skip ci] at "5 o\'clock" [high]';
    const line =
      'send a to #deploy: Fixes # 12, closes octo/repo# 3 @ octocat (skip ci) at "5 o\'clock" [high]';
    expect(commitLine(text)).toBe(line);
    expect(commitLine(line)).toBe(line);
  });

  it("is kept as it is where it refers to nothing", () => {
    for (const text of [
      "a high-5 in src/[id].tsx, 3 # 4",
      "claim issue-12: session-1 until 2026-01-31T12:00:00Z",
    ])
      expect(commitLine(text)).toBe(text);
  });

  it("cannot start a paragraph or a trailer, or hide what it does", () => {
    expect(commitLine("a\n\nHive-Op: x\u2028Skip-Checks: true")).toBe("a Hive-Op: x Skip Checks: true");
    expect(commitLine("Fixes #\u200b12")).toBe("Fixes #\\u{200b}12");
  });

  it("is inert for any text", () => {
    const part = fc.oneof(fc.constantFrom(...KEYWORDS, ...REFERENCES, ...SKIPPING, "@octocat"), hostileText);
    return fc.assert(
      fc.property(fc.array(part), fc.constantFrom("", " ", "\n", "[", "]", "@", "#"), (parts, glue) => {
        const line = commitLine(parts.join(glue));
        expectInert(line);
        expect(isSafeToShow(line)).toBe(true);
        expect(commitLine(line)).toBe(line);
      }),
    );
  });
});

it("a reference in an issue's text is broken by a visible space, and an address is kept", () => {
  expect(breakReferences("@team fixes #1, GH-2 and https://example.org/issues/3")).toBe(
    "@ team fixes # 1, GH- 2 and https://example.org/issues/3",
  );
});
