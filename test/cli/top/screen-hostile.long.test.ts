import * as fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { Times } from "../../../src/cli/render/times.ts";
import { type Choice, OVERVIEW } from "../../../src/cli/top/choice.ts";
import { screen } from "../../../src/cli/top/screen.ts";
import type { Dashboard } from "../../../src/domain/dashboard/dashboard.ts";
import { utc } from "../../../src/domain/time/zone.ts";
import { makeVisible } from "../../../src/domain/values/visible.ts";
import { aHarmfulHub, HARMFUL } from "../../dashboard/hostile-state.ts";
import { aDay, ago, dashboardOf } from "../../dashboard/scenes.ts";
import { NOON } from "../../support/builders.ts";
import { times } from "../../support/times.ts";

const plain = (_: string, text: string) => text;
const noon = new Times(NOON, true, utc);
const day = aDay();
const harmful = aHarmfulHub();

const choices: fc.Arbitrary<Choice> = fc.record({
  section: fc.option(fc.nat(6), { nil: undefined }),
  selected: fc.nat(80).map((index) => ({ key: undefined, index })),
  isDetail: fc.boolean(),
  isHelp: fc.nat(7).map((number) => number === 0),
  scrolled: fc.nat(60),
  filter: fc.oneof(fc.constant(""), fc.constantFrom(...HARMFUL, "session-1")),
  isTyping: fc.boolean(),
});
const sizes = fc.record({
  columns: fc.integer({ min: 40, max: 200 }),
  rows: fc.integer({ min: 8, max: 60 }),
});

function expectToFit(state: Dashboard, size: { columns: number; rows: number }, choice: Choice): void {
  const { lines } = screen(state, noon, size, choice, plain);
  expect(lines.length).toBeLessThanOrEqual(size.rows);
  for (const line of lines) {
    expect(stringWidth(line), line).toBeLessThanOrEqual(size.columns);
    expect(makeVisible(line)).toBe(line);
    expect(line).not.toMatch(/[\n\t]/);
  }
}

describe("the screen of hive top", () => {
  it("fits the terminal and controls nothing, whatever sessions wrote and the user chose", () => {
    const old = { ...harmful, outdated: HARMFUL.join(" "), unreadable: 3, seen_at: ago(3000) };
    return fc.assert(
      fc.property(fc.constantFrom(day, harmful, old, dashboardOf({})), sizes, choices, expectToFit),
      {
        numRuns: times(100),
      },
    );
  });

  it("does so with every filter, and in the detail of every section", () => {
    const size = { columns: 40, rows: 40 };
    for (const filter of HARMFUL)
      expectToFit(day, size, { ...OVERVIEW, filter, isTyping: filter.length % 2 === 0 });
    for (const section of [0, 1, 2, 3, 4, 5, 6])
      for (const index of [0, 20, 45])
        expectToFit(harmful, size, {
          ...{ ...OVERVIEW, section, isDetail: true },
          selected: { key: undefined, index },
        });
  });

  it("fits a terminal of any size", () => {
    const size = fc.record({
      columns: fc.integer({ min: 1, max: 50 }),
      rows: fc.integer({ min: 1, max: 9 }),
    });
    return fc.assert(fc.property(fc.constant(day), size, choices, expectToFit), { numRuns: times(300) });
  });
});
