import type { Finding } from "../../domain/values/finding.ts";
import { makeVisible } from "../../domain/values/visible.ts";

/** The longest summary, in bytes. GitHub refuses a summary above 1 MiB as a whole. */
const MAX_SUMMARY_BYTES = 900_000;

/** Renders a finding on one line, in the format of compilers. Paths and messages may quote text of other sessions. */
export function renderFinding({ path, line, column, rule, message }: Finding): string {
  return `${onOneLine(path)}:${line}:${column}: ${onOneLine(message)} [${rule}]`;
}

function onOneLine(text: string): string {
  return makeVisible(text).replaceAll(/[\n\t]/g, " ");
}

/** Renders all findings in a Markdown code block. Its fence is longer than any fence in it, so that no finding ends the block. */
export function renderSummary(headline: string, findings: readonly Finding[]): string {
  if (findings.length === 0) return `${headline}\n`;
  const shown: string[] = [];
  let length = 0;
  for (const line of findings.map(renderFinding)) {
    length += Buffer.byteLength(line) + 1;
    if (length > MAX_SUMMARY_BYTES) break;
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
