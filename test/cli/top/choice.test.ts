import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Choice, choose, OVERVIEW, placeOf, type Reach } from "../../../src/cli/top/choice.ts";
import type { Key } from "../../../src/world.ts";

const KEYS = ["a", "b", "c", "d", "e"];
const REACH: Reach = { counts: [0, 0, 0, 5, 1, 0, 9], keys: KEYS, page: 2, mostScrolled: 3 };

/** The key of a name such as `up`, or of a character. */
function keyOf(word: string): Key {
  return { name: word, text: [...word].length === 1 ? word : "" };
}

/** What keys make of a choice, one after the other. */
function press(words: readonly string[], from: Choice = OVERVIEW, reach = REACH): Choice | undefined {
  return words.reduce<Choice | undefined>(
    (choice, word) => choice && choose(choice, keyOf(word), reach),
    from,
  );
}

const at = (words: string, reach = REACH) => {
  const choice = press(words.split(" "), OVERVIEW, reach);
  return choice && { section: choice.section, place: placeOf(choice, reach.keys) };
};

describe("the keys of hive top", () => {
  it.each([
    ["4", 3, 0],
    ["tab", 0, 0],
    ["4 tab", 4, 0],
    ["7 tab", 0, 0],
    ["4 shift-tab", 2, 0],
    ["shift-tab", 6, 0],
    ["1 shift-tab", 6, 0],
    ["return", 3, 0],
    ["down", 3, 0],
    ["4 down down", 3, 2],
    ["4 j j k", 3, 1],
    ["4 up", 3, 0],
    ["4 end down", 3, 4],
    ["4 pagedown", 3, 2],
    ["4 pagedown pagedown pagedown pageup", 3, 2],
    ["4 end home", 3, 0],
    ["4 down 5", 4, 0],
    ["4 escape", undefined, 0],
    ["8", undefined, 0],
    ["0", undefined, 0],
    ["4 x f12 left", 3, 0],
  ] as const)("%s", (words, section, place) => expect(at(words)).toEqual({ section, place }));

  it("keep a row selected that others come before, and take its neighbour when it is gone", () => {
    const choice = press(["4", "down", "down"]);
    expect(choice && placeOf(choice, ["new", ...KEYS])).toBe(3);
    expect(choice && placeOf(choice, ["a", "b", "d", "e"])).toBe(2);
    expect(choice && placeOf(choice, ["a"])).toBe(0);
    expect(choice && placeOf(choice, [])).toBe(0);
  });

  it("show all of a row with Enter, scroll in it, and go back step by step", () => {
    const detail = press(["4", "down", "return"]);
    expect(detail).toMatchObject({ isDetail: true, selected: { key: "b" }, scrolled: 0 });
    expect(press(["end", "down"], detail)).toMatchObject({ isDetail: true, scrolled: 3 });
    expect(press(["down", "up", "up"], detail)).toMatchObject({ scrolled: 0 });
    expect(press(["down", "escape"], detail)).toMatchObject({ section: 3, isDetail: false, scrolled: 0 });
    expect(press(["escape", "escape"], detail)).toEqual(OVERVIEW);
    expect(press(["4", "return"], OVERVIEW, { ...REACH, keys: [] })).toMatchObject({ isDetail: false });
  });

  it("write a filter after /, which Enter keeps and Esc clears, wherever it was written", () => {
    const typing = press(["4", "/", "q", "?", "1", "字", "k", "backspace"]);
    expect(typing).toMatchObject({ isTyping: true, filter: "q?1字", section: 3, isHelp: false });
    expect(press(["escape"], typing)).toMatchObject({ isTyping: false, filter: "", section: 3 });
    const kept = press(["return"], typing);
    expect(kept).toMatchObject({ isTyping: false, filter: "q?1字" });
    expect(press(["escape"], kept)).toMatchObject({ filter: "", section: 3 });
    expect(press(["escape", "escape"], kept)).toEqual(OVERVIEW);
    expect(press(["return", "escape"], kept)).toMatchObject({ isDetail: false, filter: "q?1字" });
  });

  it("show all keys with ?, over anything, and hide them again", () => {
    const detail = press(["4", "return"]);
    expect(press(["?"], detail)).toMatchObject({ isHelp: true, isDetail: true });
    for (const back of ["?", "escape"]) expect(press(["?", "down", back], detail)).toEqual(detail);
  });

  it("end with q, unless it is a part of a filter, and with Ctrl-C always", () => {
    for (const before of [[], ["4"], ["4", "return"], ["?"], ["/", "a", "return"]])
      expect(press([...before, "q"])).toBeUndefined();
    expect(press(["/", "q"])).toMatchObject({ filter: "q" });
    expect(press(["/", "ctrl-c"])).toBeUndefined();
    expect(press(["ctrl-c"])).toBeUndefined();
  });

  it("never select or scroll to what is not there", () => {
    const words = [
      "up",
      "down",
      "pageup",
      "pagedown",
      "home",
      "end",
      "return",
      "escape",
      "tab",
      "/",
      "?",
      "a",
    ];
    const key = fc.constantFrom(...words, "shift-tab", "1", "4", "9", "j", "k", "G", "g", "backspace", "");
    const reach = fc.record({
      counts: fc.array(fc.nat(3), { minLength: 7, maxLength: 7 }),
      keys: fc.subarray(KEYS),
      page: fc.integer({ min: 1, max: 9 }),
      mostScrolled: fc.nat(9),
    });
    return fc.assert(
      fc.property(fc.array(fc.tuple(key, reach), { maxLength: 40 }), (pressed) => {
        let choice = OVERVIEW;
        for (const [word, now] of pressed) {
          choice = choose(choice, keyOf(word), now) ?? OVERVIEW;
          const place = placeOf(choice, now.keys);
          expect(place).toBeGreaterThanOrEqual(0);
          expect(place).toBeLessThan(Math.max(1, now.keys.length));
          expect(choice.section ?? 0).toBeLessThan(now.counts.length);
          expect(Number.isFinite(choice.scrolled) && choice.scrolled >= 0).toBe(true);
          // Every state has a way out.
          expect(press(["escape", "escape", "escape", "escape", "escape"], choice)).toEqual(OVERVIEW);
        }
      }),
    );
  });
});
