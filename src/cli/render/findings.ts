import type { Finding } from "../../domain/values/finding.ts";
import { makeVisible } from "../../domain/values/visible.ts";

/** What a summary of a run may hold; GitHub refuses one of 1 MiB as a whole. */
const MOST_SUMMARY = 900_000;

/** One finding on one line, as compilers write it. Paths and messages may quote what others wrote. */
export function renderFinding({ path, line, column, rule, message }: Finding): string {
  return `${onOneLine(path)}:${line}:${column}: ${onOneLine(message)} [${rule}]`;
}

function onOneLine(text: string): string {
  return makeVisible(text).replaceAll(/[\n\t]/g, " ");
}

/** All findings in Markdown: in a block whose fence is longer than any in it, so that none of it is read as Markdown. */
export function renderSummary(headline: string, findings: readonly Finding[]): string {
  if (findings.length === 0) return `${headline}\n`;
  const shown: string[] = [];
  let length = 0;
  for (const line of findings.map(renderFinding)) {
    length += Buffer.byteLength(line) + 1;
    if (length > MOST_SUMMARY) break;
    shown.push(line);
  }
  const left = findings.length - shown.length;
  const longest = Math.max(
    2,
    ...shown.flatMap((line) => [...line.matchAll(/`+/g)].map(([ticks]) => ticks.length)),
  );
  const fence = "`".repeat(longest + 1);
  return [headline, "", `${fence}text`, ...shown, fence, ...(left > 0 ? [`and ${left} more`] : []), ""].join(
    "\n",
  );
}
