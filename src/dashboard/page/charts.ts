import { h, svg } from "./dom.ts";

interface Series {
  readonly name: string;
  readonly kind: "first" | "second";
  readonly values: readonly number[];
}

const WIDTH = 360;
const HEIGHT = 64;
/** Below the columns, where the names stand. */
const FOOT = 14;
/** Space between two groups of columns. */
const GAP = 6;

/** Columns over weeks. What the columns show is also in its name, for those who do not see it. */
export function columns(
  title: string,
  labels: readonly string[],
  series: readonly Series[],
  show: (value: number) => string = String,
): HTMLElement {
  const highest = Math.max(1, ...series.flatMap(({ values }) => values));
  const step = WIDTH / Math.max(labels.length, 1);
  const width = (step - GAP) / series.length;
  const rects = series.flatMap(({ kind, values }, index) =>
    values.map((value, at) => {
      const height = value === 0 ? 1 : Math.max(2, (value / highest) * HEIGHT);
      return svg("rect", {
        class: value === 0 ? "zero" : kind,
        ...{ x: at * step + index * width, y: HEIGHT - height, width: width - 1, height },
      });
    }),
  );
  const names = [labels[0], labels.at(-1)].map((label = "", index) =>
    svg(
      "text",
      {
        x: index === 0 ? 0 : WIDTH - GAP,
        y: HEIGHT + FOOT - 2,
        "text-anchor": index === 0 ? "start" : "end",
      },
      label,
    ),
  );
  const facts = labels.flatMap((label, at) => {
    const parts = series.map(({ name, values }) => `${name} ${show(values[at] ?? 0)}`);
    return series.some(({ values }) => (values[at] ?? 0) > 0) ? [`${label}: ${parts.join(", ")}`] : [];
  });
  return h(
    "figure",
    {},
    h(
      "figcaption",
      {},
      title,
      ...(series.length > 1 ? series.map(({ name, kind }) => h("span", { class: `key ${kind}` }, name)) : []),
      h("span", { class: "quiet" }, `most: ${show(Math.max(0, ...series.flatMap(({ values }) => values)))}`),
    ),
    svg(
      "svg",
      {
        role: "img",
        "aria-label": `${title}. ${facts.join("; ") || "nothing yet"}`,
        viewBox: `0 0 ${WIDTH} ${HEIGHT + FOOT}`,
      },
      ...rects,
      ...names,
    ),
  );
}

/** A bar for each name, with its number. */
export function bars(title: string, rows: readonly (readonly [name: string, value: number])[]): HTMLElement {
  const highest = Math.max(1, ...rows.map(([, value]) => value));
  const items = rows.map(([name, value]) =>
    h(
      "li",
      {},
      h("span", {}, name),
      svg(
        "svg",
        { viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" },
        svg("rect", { class: "first", width: (value / highest) * 100, height: 8 }),
      ),
      h("span", { class: "number" }, value),
    ),
  );
  return h("figure", {}, h("figcaption", {}, title), h("ul", { class: "bars" }, ...items));
}
