import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import * as z from "zod/mini";

/**
 * Draws what `contention.ts --json` printed as one SVG: throughput and p99 of ours and of the naive loop, a row a case.
 * Usage: tsx test/bench/picture.ts <figures.json> <picture.svg>
 */

const Figures = z.object({ throughput: z.number(), p99_ms: z.number() });
const Reports = z.array(z.object({ title: z.string(), runs: z.number(), ours: Figures, naive: Figures }));
type Report = z.infer<typeof Reports>[number];

const WIDTH = 800;
const ROW = 46;
const TOP = 84;
const LABEL_CHARACTERS = 30;

/** One logarithmic scale and what is shown on it. */
interface Panel {
  readonly title: string;
  readonly left: number;
  readonly width: number;
  readonly unit: string;
  value(figures: z.infer<typeof Figures>): number;
}

const PANELS: readonly Panel[] = [
  {
    title: "operations per second, more is better",
    left: 250,
    width: 220,
    unit: "",
    value: ({ throughput }) => throughput,
  },
  {
    title: "99th percentile, less is better",
    left: 545,
    width: 200,
    unit: " s",
    value: ({ p99_ms }) => p99_ms / 1000,
  },
];

const STYLE = `
text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328 }
.head { font-weight: 600; font-size: 15px }
.soft { fill: #59636e; font-size: 12px }
.grid { stroke: #d1d9e0; stroke-width: 1 }
.span { stroke: #818b98; stroke-width: 2 }
.ours { fill: #0969da; stroke: none }
.naive { fill: #fff; stroke: #bc4c00; stroke-width: 2.5 }
.best { font-weight: 600 }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc }
.soft { fill: #9198a1 }
.grid { stroke: #3d444d }
.ours { fill: #58a6ff }
.naive { fill: #0d1117; stroke: #f0883e }
}`;

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function text(x: number, y: number, content: string, attributes = ""): string {
  return `<text x="${round(x)}" y="${round(y)}"${attributes}>${escapeText(content)}</text>`;
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}

function show(value: number): string {
  return value >= 10 ? value.toFixed(0) : value.toFixed(value >= 1 ? 1 : 2);
}

/** Breaks a title into lines between words. */
function wrap(title: string): string[] {
  const lines: string[] = [];
  for (const word of title.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= LABEL_CHARACTERS)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The powers of ten around all values of a panel. */
function decades(panel: Panel, reports: readonly Report[]): number[] {
  const values = reports.flatMap(({ ours, naive }) => [panel.value(ours), panel.value(naive)]);
  const logs = values.filter((value) => value > 0 && Number.isFinite(value)).map(Math.log10);
  const first = Math.floor(Math.min(...logs));
  const last = Math.max(first + 1, Math.ceil(Math.max(...logs)));
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function drawPanel(panel: Panel, reports: readonly Report[]): string {
  const powers = decades(panel, reports);
  const [first = 0, last = 1] = [powers[0], powers.at(-1)];
  const place = (value: number) => panel.left + (panel.width * (Math.log10(value) - first)) / (last - first);
  const bottom = TOP + ROW * reports.length - 8;
  const grid = powers.map((power) => {
    const x = round(place(10 ** power));
    const label = `${Number((10 ** power).toPrecision(1))}${panel.unit}`;
    return [
      `<path class="grid" d="M${x} ${TOP - 14}V${bottom}"/>`,
      text(x, bottom + 16, label, ' class="soft" text-anchor="middle"'),
    ].join("");
  });
  const rows = reports.map((report, index) => drawRow(panel, report, place, TOP + ROW * index + 8));
  return [text(panel.left, TOP - 24, panel.title, ' class="soft"'), ...grid, ...rows].join("\n");
}

/** Two marks joined by a line, each with its value on its outer side. */
function drawRow(panel: Panel, { ours, naive }: Report, place: (value: number) => number, y: number): string {
  const marks = [
    { value: panel.value(ours), name: "ours" },
    { value: panel.value(naive), name: "naive" },
  ].filter(({ value }) => value > 0 && Number.isFinite(value));
  const sorted = marks.sort((a, b) => a.value - b.value).map((mark) => ({ ...mark, x: place(mark.value) }));
  const [low, high] = [sorted[0], sorted.at(-1)];
  if (!low || !high) return "";
  const span = `<path class="span" d="M${round(low.x)} ${y}H${round(high.x)}"/>`;
  const drawn = sorted.map(({ name, value, x }) => {
    const isLow = name === low.name && low !== high;
    const anchor = isLow ? ' text-anchor="end"' : "";
    const best = name === "ours" ? ' class="best"' : "";
    return (
      drawMark(name, x, y) + text(x + (isLow ? -10 : 10), y + 4.5, show(value) + panel.unit, anchor + best)
    );
  });
  return [span, ...drawn].join("");
}

/** A disc for ours and a hollow square for the other, so that color alone does not tell them apart. */
function drawMark(name: string, x: number, y: number): string {
  if (name === "ours") return `<circle class="ours" cx="${round(x)}" cy="${y}" r="6"/>`;
  return `<rect class="naive" x="${round(x - 5)}" y="${y - 5}" width="10" height="10"/>`;
}

function drawLabels(reports: readonly Report[]): string {
  return reports
    .map(({ title }, index) => {
      const lines = wrap(title);
      const y = TOP + ROW * index + 12.5 - (lines.length - 1) * 8;
      return lines.map((line, row) => text(0, y + row * 16, line)).join("");
    })
    .join("\n");
}

/** What the picture says, for those who do not see it. */
function describe(reports: readonly Report[]): string {
  const figures = ({ throughput, p99_ms }: Report["ours"]) =>
    `${show(throughput)} operations per second, p99 ${show(p99_ms / 1000)} s`;
  return reports
    .map(({ title, ours, naive }) => `${title}: git-hive ${figures(ours)}; naive loop ${figures(naive)}.`)
    .join(" ");
}

function draw(reports: readonly Report[]): string {
  const height = TOP + ROW * reports.length + 34;
  const title = "Many writers, one hub: git-hive against a naive Git loop";
  const runs = Math.min(...reports.map((report) => report.runs));
  const caption = `Medians of ${runs} runs, logarithmic scales. Naive loop: edit, add, commit, pull --rebase, push.`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="t d">`,
    `<title id="t">${escapeText(title)}</title>`,
    `<desc id="d">${escapeText(describe(reports))}</desc>`,
    `<style>${STYLE}</style>`,
    text(0, 18, "Many writers, one hub", ' class="head"'),
    drawMark("ours", 256, 13),
    text(268, 18, "git-hive"),
    drawMark("naive", 346, 13),
    text(358, 18, "naive loop"),
    drawLabels(reports),
    ...PANELS.map((panel) => drawPanel(panel, reports)),
    text(0, height - 4, caption, ' class="soft"'),
    "</svg>\n",
  ].join("\n");
}

const [figures, picture] = process.argv.slice(2);
if (figures === undefined || picture === undefined)
  throw new Error("Usage: tsx test/bench/picture.ts <figures.json> <picture.svg>");
writeFileSync(picture, draw(Reports.parse(JSON.parse(readFileSync(figures, "utf8")))));
