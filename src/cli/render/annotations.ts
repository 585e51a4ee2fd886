import type { Finding } from "../../domain/values/finding.ts";
import { makeVisible } from "../../domain/values/visible.ts";

/** GitHub keeps so many annotations of a step, and drops the rest without a word. */
const MOST = 10;

/**
 * Findings as GitHub's workflow commands, which show on the line they are about. The last of ten makes room to say
 * how many there are. Whatever a finding quotes stays inside its command.
 */
export function renderAnnotations(findings: readonly Finding[]): string[] {
  const shown = findings.length > MOST ? findings.slice(0, MOST - 1) : findings;
  const left = findings.length - shown.length;
  return [
    ...shown.map(annotation),
    ...(left > 0
      ? [`::error title=git-hive::and ${left} more findings, listed in full by: hive validate`]
      : []),
  ];
}

function annotation({ path, line, column, rule, message }: Finding): string {
  const place = `file=${property(path)},line=${line},col=${column},title=${property(`git-hive ${rule}`)}`;
  return `::error ${place}::${data(message)}`;
}

/** The text of a command ends with its line. */
function data(text: string): string {
  return makeVisible(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** A property ends with a comma too, and the last one with a colon. */
function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
