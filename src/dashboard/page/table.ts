import { append, type Child, h } from "./dom.ts";
import { later } from "./later.ts";

export interface Column {
  readonly head: string;
  /** How wide it may be, by a class of the style sheet. */
  readonly kind?: "name" | "wide" | "number" | "action";
}

/**
 * A table. On a narrow screen each row is a block, in which a cell has its column's name before it; the roles are said
 * outright, because some browsers forget them there.
 */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Child[])[],
): HTMLElement {
  const heads = columns.map(({ head, kind }) =>
    h("th", { scope: "col", role: "columnheader", class: kind }, head),
  );
  const body = rows.map((cells) =>
    h(
      "tr",
      { role: "row" },
      ...cells.map((cell, index) => {
        const { head, kind } = columns[index] ?? { head: "" };
        const isHead = index === 0;
        return h(
          isHead ? "th" : "td",
          {
            role: isHead ? "rowheader" : "cell",
            scope: isHead ? "row" : undefined,
            class: kind,
            "data-head": head,
          },
          cell,
        );
      }),
    ),
  );
  return h(
    "table",
    { role: "table" },
    h("caption", { class: "unseen" }, caption),
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...heads)),
    h("tbody", { role: "rowgroup" }, ...body),
  );
}

/** How many rows are shown at once. */
const SHOWN = 15;

/** A table of which only the first rows are shown at once, so that what follows on the page is not far away. */
export function longTable(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Child[])[],
): Child {
  const rest = rows.length - SHOWN;
  if (rest <= 0) return table(caption, columns, rows);
  return [
    table(caption, columns, rows.slice(0, SHOWN)),
    more(`${rest} more`, () => table(`${caption}, continued`, columns, rows.slice(SHOWN))),
  ];
}

/** What is seldom wanted, closed until it is. It is made after the first paint. */
export function more(summary: string, make: () => Child): HTMLElement {
  const details = h("details", {}, h("summary", {}, summary));
  later(() => append(details, [make()]));
  return details;
}
