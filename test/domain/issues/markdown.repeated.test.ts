import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeSpan, fence, titleText } from "../../../src/domain/issues/markdown.ts";
import { livePartsOf, mentionsIn } from "../../support/github/markdown-oracle.ts";
import { hostileText } from "../../support/hostile.ts";
import { times } from "../../support/times.ts";

/** Text that GitHub would act on, or that might leave a fence. */
const TRICKS = [
  "@mallory",
  "@team/everyone",
  "\\@mallory",
  "&#64;mallory",
  "&commat;mallory",
  "fixes #1",
  "Closes GH-7",
  "team/hub#12",
  "team/hub@0123456789abcdef0123456789abcdef01234567",
  "https://evil.example/x",
  "www.evil.example",
  "mail@evil.example",
  "[click](https://evil.example)",
  "![pixel](https://evil.example/x.png)",
  "<img src=x onerror=alert(1)>",
  "</details><script>alert(1)</script>",
  "<!-- git-hive:broadcast v1 01KG9M2V0000000000000000AA -->",
  "```",
  "````\n@mallory\n````",
  "~~~\n@mallory",
  "``````````",
  "\r\n```\r\n@mallory",
  "\r```\r@mallory",
  "    indented @mallory",
  "> quoted @mallory",
  "- [ ] @mallory",
  "[^1]: @mallory",
  "[ref]: https://evil.example",
  "\u2028```\u2028@mallory",
  "\u0085```\u0085@mallory",
];

const hostile = fc
  .array(fc.oneof(fc.constantFrom(...TRICKS), hostileText, fc.constantFrom("`", "\n", " ", "@", "#")), {
    maxLength: 8,
  })
  .chain((parts) => fc.constantFrom("", " ", "\n", "\n\n").map((glue) => parts.join(glue)));

it("the oracle sees the effects of these texts without a fence", () => {
  const live = TRICKS.filter((trick) => livePartsOf(trick).length + mentionsIn(trick).length > 0);
  expect(live.length).toBeGreaterThan(18);
});

describe("a text in a fence", () => {
  it.each(TRICKS)("is only text: %j", (trick) => {
    expect(livePartsOf(fence(trick, 1000))).toEqual([]);
    expect(mentionsIn(fence(trick, 1000))).toEqual([]);
  });

  it("links, mentions and embeds nothing, for any text and any cut", () => {
    return fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 300 }), (text, limit) => {
        const body = `Before\n\n${fence(text, limit)}\n\nAfter @told`;
        expect(livePartsOf(body).filter((part) => !part.includes("/told"))).toEqual([]);
        expect(mentionsIn(body)).toEqual(["told"]);
      }),
      { numRuns: times(1500) },
    );
  });

  it("mentions no user even if mail shows it without its fence", () => {
    return fc.assert(
      fc.property(hostile, (text) => {
        expect(fence(text, 5000)).not.toMatch(/@[A-Za-z0-9]|#\d|GH-\d/i);
      }),
      { numRuns: times(1500) },
    );
  });

  it("fits into an issue, for any text", () => {
    for (const character of ["`", "@", "\u200b", "\u{e0001}", "😀", "x"])
      expect(fence(character.repeat(100_000), 56_000).length).toBeLessThan(58_000);
  });

  it("is cut between characters, and says so", () => {
    expect(fence("😀😀😀", 3)).toBe("```text\n😀\n[… cut: the rest is in the hub]\n```");
  });

  it("stays readable", () => {
    expect(fence("Deploy `x` by noon", 100)).toBe("```text\nDeploy `x` by noon\n```");
  });
});

describe("a line of foreign text", () => {
  it("links, mentions and embeds nothing as a code span", () => {
    return fc.assert(
      fc.property(hostile, (text) => {
        const body = `It says ${codeSpan(text, 80)} there.`;
        expect([...livePartsOf(body), ...mentionsIn(body)]).toEqual([]);
      }),
      { numRuns: times(1500) },
    );
  });

  it("is one line without a mention or a reference in a title", () => {
    return fc.assert(
      fc.property(hostile, (text) => {
        expect(titleText(text, 80)).not.toMatch(/\n|@[A-Za-z0-9]|#\d|GH-\d|`/i);
        expect([...titleText(text, 80)].length).toBeLessThan(200);
      }),
    );
  });
});
