import type { Bundle } from "../../domain/requests/bundle.ts";
import { quote } from "./quoted.ts";

/** Renders the parts of a handover, without the goal, as quoted text of the session that hands over. */
export function renderBundle({ branch, commit, next, ...lists }: Bundle): string[] {
  const at = commit === undefined ? [] : [`at ${commit.slice(0, 12)}`];
  const revision = [...(branch === undefined ? [] : [branch]), ...at].join(" ");
  return [
    ...part("Done", lists.done),
    ...part("In progress", lists.in_progress),
    ...part("Tried, and failed", lists.tried),
    ...part("Decided", lists.decisions),
    ...part("Files", lists.files),
    ...part("Branch", revision === "" ? [] : [revision]),
    ...part("Next command", next === undefined ? [] : [next]),
  ];
}

function part(name: string, items: readonly string[] = []): string[] {
  return items.length === 0 ? [] : [`  ${name}:`, ...items.flatMap(quote)];
}
