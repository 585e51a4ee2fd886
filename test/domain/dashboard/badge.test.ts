import { type DefaultTreeAdapterTypes, parseFragment } from "parse5";
import { describe, expect, it } from "vitest";
import { badge } from "../../../src/domain/dashboard/badge.ts";
import { aHarmfulHub } from "../../dashboard/hostile-state.ts";
import { aDay, aLargeHub, dashboardOf } from "../../dashboard/scenes.ts";

type Element = DefaultTreeAdapterTypes.Element;

function elementsOf(text: string): Element[] {
  const visit = (node: DefaultTreeAdapterTypes.Node): Element[] => [
    ...("tagName" in node ? [node] : []),
    ...("childNodes" in node ? node.childNodes.flatMap(visit) : []),
  ];
  return visit(parseFragment(text));
}

const attribute = (element: Element | undefined, name: string) =>
  element?.attrs.find((each) => each.name === name)?.value;
const named = (text: string, name: string) => elementsOf(text).filter(({ tagName }) => tagName === name);
const textOf = (element: Element | undefined) =>
  element?.childNodes.map((node) => ("value" in node ? node.value : "")).join("");

/** How a color contrasts with another, as WCAG reckons it. */
function contrast(one: string, other: string): number {
  const light = (color: string) => {
    const digits =
      color.length === 4 ? [...color.slice(1)].map((digit) => digit + digit).join("") : color.slice(1);
    const [red = 0, green = 0, blue = 0] = [0, 2, 4]
      .map((at) => Number.parseInt(digits.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  };
  const [dark = 1, bright = 1] = [light(one), light(other)].sort((a, b) => a - b);
  return bright / dark;
}

const CASES = [
  ["with something that waits", aDay()],
  ["where nobody is there", dashboardOf({})],
  ["of a large hub", aLargeHub(120, 240)],
] as const;

describe("the badge", () => {
  it("says how many sessions are alive and how many requests are open, and to a screen reader what waits", () => {
    const [svg] = named(badge(aDay()), "svg");
    expect(named(badge(aDay()), "text").map(textOf)).toEqual(["hive", "4 alive, 5 open"]);
    expect(attribute(svg, "role")).toBe("img");
    expect(attribute(svg, "aria-label")).toBe("git-hive: 4 alive, 5 open, 4 waiting for a person");
    expect(named(badge(dashboardOf({})), "title").map(textOf)).toEqual(["git-hive: 0 alive, 0 open"]);
  });

  it.each(CASES)("has each text within its own half, %s", (_, state) => {
    const text = badge(state);
    const width = Number(attribute(named(text, "svg")[0], "width"));
    const [left, right] =
      named(text, "g")[0]?.childNodes.filter((node): node is Element => "tagName" in node) ?? [];
    const ends = [0, Number(attribute(right, "x")), width];
    expect(Number(attribute(left, "width"))).toBe(ends[1]);
    named(text, "text").forEach((label, index) => {
      const from = Number(attribute(label, "x"));
      expect(from).toBeGreaterThan(ends[index] ?? 0);
      expect(from + Number(attribute(label, "textLength"))).toBeLessThan(ends[index + 1] ?? 0);
    });
  });

  it.each(CASES)("can be read, and stands out from a light and a dark page, %s", (_, state) => {
    const fills = named(badge(state), "rect").flatMap((rect) => attribute(rect, "fill") ?? []);
    expect(fills).toHaveLength(2);
    for (const fill of fills) {
      expect(contrast("#fff", fill)).toBeGreaterThanOrEqual(4.5);
      expect(contrast("#0d1117", fill)).toBeGreaterThanOrEqual(3);
    }
  });

  it("loads nothing, and has no text of others", () => {
    const harmful = badge(aHarmfulHub());
    expect(elementsOf(harmful).map(({ tagName }) => tagName)).toEqual(
      elementsOf(badge(dashboardOf({}))).map(({ tagName }) => tagName),
    );
    expect(harmful).not.toMatch(/href|url\((?!#)|@import|<style|<script|harm/);
  });
});
