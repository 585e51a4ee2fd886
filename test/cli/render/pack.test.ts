import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, pack } from "../../../src/cli/render/pack.ts";
import { countRest, renderRest } from "../../../src/cli/render/rest.ts";
import { aMessage } from "../../support/builders.ts";

const texts = fc.array(fc.string({ unit: "grapheme", maxLength: 300 }), { maxLength: 12 });
const show = (text: string) => ["Headline", `  | ${text}`];
const all = () => "hive thread x";

describe("items that fit", () => {
  it("are shown whole and in order, and all others are the rest", () => {
    return fc.assert(
      fc.property(
        texts,
        fc.integer({ min: 400, max: 1500 }),
        fc.integer({ min: 1, max: 9 }),
        (items, bytes, count) => {
          const packed = pack(items, { count, bytes }, show, all);
          expect([...packed.shown, ...packed.rest]).toEqual(items);
          expect(packed.shown.length).toBeLessThanOrEqual(count);
          expect(packed.bytes).toBe(bytesOf(packed.lines));
          expect(packed.bytes).toBeLessThanOrEqual(bytes);
          const isCut = packed.lines.some((line) => line.includes("[cut: "));
          if (!isCut) expect(packed.lines).toEqual(packed.shown.flatMap(show));
          if (items.length > 0) expect(packed.shown.length).toBeGreaterThan(0);
        },
      ),
    );
  });

  it("are cut only where the first alone is too long, with its length and the command that shows it", () => {
    const { lines, shown, rest } = pack(["é".repeat(5000), "short"], { count: 20, bytes: 600 }, show, all);
    expect(shown).toHaveLength(1);
    expect(rest).toEqual(["short"]);
    expect(lines[1]).toMatch(/^ {2}\| é+$/);
    expect(lines.at(-1)).toMatch(/^ {2}\[cut: \d{3} of 10014 bytes; all of it: hive thread x\]$/);
    expect(bytesOf(lines)).toBeLessThanOrEqual(600);
  });
});

describe("the messages that did not fit", () => {
  const of = (from: string, priority: string) => aMessage({ from, priority });

  it("are counted by sender and priority", () => {
    const rest = [of("session-3", "normal"), of("session-4", "urgent"), of("session-3", "normal")];
    expect(renderRest(rest, 9)).toEqual([
      "and 3 more: 2 from session-3, 1 from session-4; 1 urgent",
      "See them: hive inbox --limit 9 --budget 3000",
    ]);
    expect(countRest(rest)).toEqual({
      count: 3,
      by: [
        { from: "session-3", priority: "normal", count: 2 },
        { from: "session-4", priority: "urgent", count: 1 },
      ],
    });
  });

  it("name only a few of many senders", () => {
    const rest = Array.from({ length: 40 }, (_, n) => of(`session-${n}`, "normal"));
    expect(renderRest(rest, 40)[0]).toMatch(/^and 40 more: (?:1 from session-\d+, ){5}35 from 35 others$/);
  });

  it("print nothing where there are none", () => {
    expect(renderRest([], 4)).toEqual([]);
    expect(countRest([])).toEqual({ count: 0, by: [] });
  });
});
