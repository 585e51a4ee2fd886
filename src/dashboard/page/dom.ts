import { makeVisible } from "../../domain/values/visible.ts";

export type Child = Node | string | number | null | readonly Child[];

type Attributes = Readonly<Record<string, string | number | undefined>>;

const SVG = "http://www.w3.org/2000/svg";

/** An element. Its texts are only ever texts, in which control and bidirectional characters are visible. */
export function h(name: string, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElement {
  const element = document.createElement(name);
  fill(element, attributes, children);
  return element;
}

/** An element of a drawing. */
export function svg(name: string, attributes: Attributes = {}, ...children: readonly Child[]): SVGElement {
  const element = document.createElementNS(SVG, name) as SVGElement;
  fill(element, attributes, children);
  return element;
}

function fill(element: Element, attributes: Attributes, children: readonly Child[]): void {
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) element.setAttribute(name, makeVisible(String(value)));
  append(element, children);
}

export function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child instanceof Node) element.append(child);
    else if (Array.isArray(child)) append(element, child);
    else if (child !== null) element.append(makeVisible(String(child)));
  }
}
