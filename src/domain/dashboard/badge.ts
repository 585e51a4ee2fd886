import type { Dashboard } from "./dashboard.ts";
import { headline, waitingForPerson } from "./headline.ts";

/** By its first line, a file is known as a badge of ours. */
export const BADGE_MARK = "<!-- git-hive badge -->";

const NAME = "hive";

/** White on each of them can be read, and each stands out from a white page and from a black one. */
const COLORS = { name: "#5f6771", calm: "#1a7f37", waiting: "#9a6700", empty: "#6e7781" } as const;

const PADDING_PX = 7;
const HEIGHT_PX = 20;

/** The width of a character of 11 px. Each text is fitted into its width, so another font changes only how wide it looks. */
const CHARACTER_PX = 6.5;

/**
 * The shortest form of the dashboard as a picture: `5 alive, 2 open`. It loads nothing, and it has no text that somebody
 * wrote. It is amber while something waits for a person, and grey where nobody is there.
 */
export function badge(state: Dashboard): string {
  const text = headline(state);
  const waiting = waitingForPerson(state);
  const isEmpty = state.sessions.every(({ presence }) => presence !== "alive");
  const color = waiting > 0 ? COLORS.waiting : isEmpty ? COLORS.empty : COLORS.calm;
  const title = `git-hive: ${text}${waiting === 0 ? "" : `, ${waiting} waiting for a person`}`;
  const [left, right] = [widthOf(NAME), widthOf(text)];
  return `${BADGE_MARK}
<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="${HEIGHT_PX}" viewBox="0 0 ${left + right} ${HEIGHT_PX}" role="img" aria-label="${title}">
<title>${title}</title>
<clipPath id="round"><rect width="${left + right}" height="${HEIGHT_PX}" rx="3"/></clipPath>
<g clip-path="url(#round)"><rect width="${left}" height="${HEIGHT_PX}" fill="${COLORS.name}"/><rect x="${left}" width="${right}" height="${HEIGHT_PX}" fill="${color}"/></g>
<g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">
${label(NAME, 0)}
${label(text, left)}
</g>
</svg>
`;
}

function widthOf(text: string): number {
  return innerWidthOf(text) + 2 * PADDING_PX;
}

function innerWidthOf(text: string): number {
  return Math.ceil(text.length * CHARACTER_PX);
}

function label(text: string, from: number): string {
  return `<text x="${from + PADDING_PX}" y="14" textLength="${innerWidthOf(text)}" lengthAdjust="spacingAndGlyphs">${text}</text>`;
}
