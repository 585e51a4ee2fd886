import { type Child, h } from "./dom.ts";

export interface Section {
  readonly id: string;
  readonly title: string;
  /** What stands beside the title: a number, or a few words. */
  readonly note: string;
  /** Whether it takes half of a wide screen. */
  readonly isHalf?: boolean;
  readonly children: readonly Child[];
}

export function section({ id, title, note, isHalf, children }: Section): HTMLElement {
  const heading = h(
    "h2",
    { id: `${id}-title` },
    title,
    note === "" ? null : h("span", { class: "note" }, note),
  );
  return h(
    "section",
    { id, "aria-labelledby": `${id}-title`, class: isHalf ? "half" : undefined, tabindex: "-1" },
    heading,
    ...children,
  );
}

/** What stands where there is nothing to show. */
export function nothing(sentence: string): HTMLElement {
  return h("p", { class: "nothing" }, sentence);
}
