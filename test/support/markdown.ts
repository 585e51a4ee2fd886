import * as commonmark from "commonmark";
import MarkdownIt from "markdown-it";
import { Marked } from "marked";
import { type DefaultTreeAdapterMap, parseFragment } from "parse5";

/** Renderers that keep raw HTML, as forges do before they clean it. */
export const RENDERERS: Readonly<Record<string, (text: string) => string>> = {
  commonmark: (text) => new commonmark.HtmlRenderer().render(new commonmark.Parser().parse(text)),
  "markdown-it": (text) => new MarkdownIt({ html: true, linkify: true }).render(text),
  marked: (text) => new Marked({ gfm: true, async: false }).parse(text, { async: false }),
};

/** A top-level element of a page as a browser shows it: its name, its text, and the names of all elements in it. */
export interface Block {
  readonly name: string;
  readonly text: string;
  readonly inner: readonly string[];
}

/** What a browser makes of HTML: the blocks in order; text and comments outside of any element count as blocks too. */
export function blocksOf(html: string): Block[] {
  return parseFragment(html).childNodes.flatMap((node) => {
    const { text, names } = read(node);
    return node.nodeName === "#text" && text === "" ? [] : [{ name: node.nodeName, text, inner: names }];
  });
}

function read(node: DefaultTreeAdapterMap["node"]): { text: string; names: string[] } {
  if (node.nodeName === "#text") return { text: fold((node as { value: string }).value), names: [] };
  const children = "childNodes" in node ? node.childNodes.map((child) => ({ child, ...read(child) })) : [];
  return {
    text: fold(children.map(({ text }) => text).join(" ")),
    names: children.flatMap(({ child, names }) =>
      child.nodeName === "#text" ? [] : [child.nodeName, ...names],
    ),
  };
}

/** A text with its white space folded, because only that differs between renderers. */
export function fold(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}
