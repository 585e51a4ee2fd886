/** How many lines of the screen a section has; none where there is no room for it. */
export interface Share {
  /** Empty lines above it. */
  readonly gap: number;
  /** Lines of its rows, and of what says how many more there are. */
  readonly body: number;
}

/** So many lines of each section come before a section has more. */
const FAIR = 3;

/**
 * Divides lines among sections with so many rows, the most important first. A section takes a line for its title, which those
 * without rows give up first. Then each gets a few lines, then the first ones what they need, and what is left over parts them.
 */
export function shareRows(counts: readonly number[], lines: number): readonly (Share | undefined)[] {
  const order = [...counts.keys()].sort((a, b) => Number(counts[a] === 0) - Number(counts[b] === 0) || a - b);
  const shown = new Set(order.slice(0, Math.max(0, lines)));
  let left = lines - shown.size;
  const bodies = counts.map(() => 0);
  for (const most of [FAIR, Number.POSITIVE_INFINITY])
    for (const [index, number] of counts.entries()) {
      const given = bodies[index] ?? 0;
      const more = shown.has(index) ? Math.max(0, Math.min(Math.min(number, most) - given, left)) : 0;
      bodies[index] = given + more;
      left -= more;
    }
  const gap = left >= shown.size - 1 ? 1 : 0;
  const first = Math.min(...shown);
  return bodies.map((body, index) =>
    shown.has(index) ? { gap: index === first ? 0 : gap, body } : undefined,
  );
}
