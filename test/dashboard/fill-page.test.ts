import { type DefaultTreeAdapterTypes, parse } from "parse5";
import { describe, expect, it } from "vitest";
import { fillPage, isPage } from "../../src/dashboard/fill-page.ts";
import { isSafeToShow } from "../support/unsafe.ts";
import { aHarmfulHub, HARMFUL } from "./hostile-state.ts";
import { aDay, dashboardOf } from "./scenes.ts";

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** The elements of a page, as a browser would make them before any script runs. */
function elementsOf(page: string): Element[] {
  const found: Element[] = [];
  const visit = (node: Node) => {
    if ("tagName" in node) found.push(node);
    for (const child of "childNodes" in node ? node.childNodes : []) visit(child);
  };
  visit(parse(page, { scriptingEnabled: true }));
  return found;
}

function attributeOf(element: Element | undefined, name: string): string | undefined {
  return element?.attrs.find((each) => each.name === name)?.value;
}

function textOf(element: Element | undefined): string {
  return element?.childNodes.map((node) => ("value" in node ? node.value : "")).join("") ?? "";
}

const outline = (page: string) => elementsOf(page).map(({ tagName }) => tagName);

describe("the page", () => {
  it("has at least 60 harmful texts to meet", () => {
    expect(new Set(HARMFUL).size).toBeGreaterThanOrEqual(60);
  });

  it("has the same elements whatever others wrote", () => {
    expect(outline(fillPage(aHarmfulHub()))).toEqual(outline(fillPage(dashboardOf({}))));
  });

  it("holds the state unchanged, with no character that a terminal would obey", () => {
    const [state, page] = [aHarmfulHub(), fillPage(aHarmfulHub())];
    const held = elementsOf(page).find((element) => attributeOf(element, "id") === "state");
    expect(JSON.parse(textOf(held))).toEqual(JSON.parse(JSON.stringify(state)));
    expect(isSafeToShow(page)).toBe(true);
  });

  it("allows its own style and script and nothing else", async () => {
    const elements = elementsOf(fillPage(aDay()));
    const policy = attributeOf(
      elements.find((element) => attributeOf(element, "http-equiv") === "Content-Security-Policy"),
      "content",
    );
    const hash = async (text: string) => {
      const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
      return `'sha256-${Buffer.from(bytes).toString("base64")}'`;
    };
    const hashes = async (name: string) => {
      const inline = elements.filter(
        (element) => element.tagName === name && attributeOf(element, "type") === undefined,
      );
      return (await Promise.all(inline.map((element) => hash(textOf(element))))).join(" ");
    };
    expect(policy?.split("; ")).toEqual([
      "default-src 'none'",
      `style-src ${await hashes("style")}`,
      `script-src ${await hashes("script")}`,
      "connect-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
    ]);
  });

  it("is at most 150 kB without the state", () => {
    const empty = dashboardOf({});
    expect(fillPage(empty).length - JSON.stringify(empty).length).toBeLessThan(150_000);
  });

  it("names no address from which a browser would load something", () => {
    const elements = elementsOf(fillPage(aHarmfulHub()));
    const loading = elements.flatMap(({ attrs }) =>
      attrs.filter(({ name }) => /^(?:src|data|action|style|on.*)$/.test(name)),
    );
    expect(loading).toEqual([]);
    expect(elements.flatMap((each) => attributeOf(each, "href") ?? [])).toEqual(["#unanswered"]);
  });

  it("is at most 150 kB without its state", () => {
    expect(fillPage(dashboardOf({})).length - JSON.stringify(dashboardOf({})).length).toBeLessThan(150_000);
  });
});

describe("a file is known as a page of ours", () => {
  it.each<[string, string, boolean]>([
    ["that was written", fillPage(aDay()), true],
    ["of which only the start was read", fillPage(aHarmfulHub()).slice(0, 1024), true],
    ["with other content", "<!doctype html><title>x</title>", false],
    ["that only quotes the mark", `notes ${'<meta name="generator" content="git-hive dashboard">'}`, false],
    ["that is empty", "", false],
  ])("%s: %#", (_, text, isOurs) => {
    expect(isPage(text)).toBe(isOurs);
  });
});
