import { count } from "../../domain/values/count.ts";
import type { Finding } from "../../domain/values/finding.ts";
import { makeVisible } from "../../domain/values/visible.ts";

/** The most annotations of a step. GitHub drops the others silently. */
const MAX_ANNOTATIONS = 10;

/**
 * Renders findings and warnings as GitHub's workflow commands, which annotate their lines. Where there are more than
 * ten, the tenth tells how many are left out. Text that they quote cannot start another command.
 */
export function renderAnnotations(findings: readonly Finding[], warnings: readonly Finding[] = []): string[] {
  const all = [
    ...findings.map((finding) => annotation("error", finding)),
    ...warnings.map((warning) => annotation("warning", warning)),
  ];
  if (all.length <= MAX_ANNOTATIONS) return all;
  const shown = all.slice(0, MAX_ANNOTATIONS - 1);
  const level = findings.length > shown.length ? "error" : "warning";
  const left = all.length - shown.length;
  return [
    ...shown,
    `::${level} title=git-hive::and ${count(left, "more finding")}, listed in full by: hive validate`,
  ];
}

function annotation(level: "error" | "warning", { path, line, column, rule, message }: Finding): string {
  const properties = `file=${property(path)},line=${line},col=${column},title=${property(`git-hive ${rule}`)}`;
  return `::${level} ${properties}::${data(message)}`;
}

/** Escapes the text of a command, which ends at the end of its line. */
function data(text: string): string {
  return makeVisible(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** Escapes a property, which also ends at a comma or, for the last one, at a colon. */
function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
