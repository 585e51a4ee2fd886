import { displayWidth } from "../../src/cli/render/display-width.ts";

/** The colors of a terminal on a dark ground, by the number of the control sequence. */
const COLORS: Readonly<Record<string, string>> = {
  "31": "#ff9389",
  "32": "#6fce86",
  "33": "#e3ad52",
  "34": "#8fb8ff",
  "35": "#d8a8ff",
  "36": "#7fd6d6",
  "90": "#a0a6ad",
};

const [LETTER, LINE, MARGIN] = [8.4, 20, 16];

/** Draws what a terminal shows, with its colors, as SVG. */
export function drawTerminal(text: string, title: string): string {
  const lines = text.trimEnd().split("\n");
  const columns = Math.max(...lines.map((line) => displayWidth(plain(line))));
  const [width, height] = [Math.ceil(columns * LETTER) + 2 * MARGIN, lines.length * LINE + 2 * MARGIN];
  const drawn = lines.map(
    (line, index) =>
      `<text x="${MARGIN}" y="${MARGIN + LINE * (index + 0.75)}" xml:space="preserve">${spans(line)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeXml(title)}">
<rect width="100%" height="100%" rx="8" fill="#16181b"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" fill="#e4e6e8">
${drawn.join("\n")}
</g>
</svg>
`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is a control sequence
const SEQUENCE = /\u001b\[([\d;]*)m/;

function plain(line: string): string {
  return line
    .split(SEQUENCE)
    .filter((_, index) => index % 2 === 0)
    .join("");
}

/** The parts of a line, each with the colors that its control sequences turned on. */
function spans(line: string): string {
  let on: string[] = [];
  return line
    .split(SEQUENCE)
    .map((part, index) => {
      if (index % 2 === 0) return part === "" ? "" : span(part, on);
      const codes = part.split(";");
      on = codes.some((code) => code === "" || code === "0") ? [] : [...on, ...codes];
      return "";
    })
    .join("");
}

function span(text: string, codes: readonly string[]): string {
  const color = codes.map((code) => COLORS[code]).findLast((each) => each !== undefined);
  const fill = color ?? (codes.includes("2") ? COLORS["90"] : undefined);
  const weight = codes.includes("1") ? ' font-weight="600"' : "";
  const shown = escapeXml(text);
  return fill === undefined && weight === ""
    ? shown
    : `<tspan${fill ? ` fill="${fill}"` : ""}${weight}>${shown}</tspan>`;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
