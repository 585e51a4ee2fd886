import type { Bundle } from "../../domain/requests/bundle.ts";
import { quote } from "./quoted.ts";

/** What is handed over beside the goal, in the words of whoever hands it over: each part named, and nothing of it ours. */
export function renderBundle({ branch, commit, next, ...lists }: Bundle): string[] {
  const at = commit === undefined ? [] : [`at ${commit.slice(0, 12)}`];
  const place = [...(branch === undefined ? [] : [branch]), ...at].join(" ");
  return [
    ...part("Done", lists.done),
    ...part("In progress", lists.in_progress),
    ...part("Tried, and failed", lists.tried),
    ...part("Decided", lists.decisions),
    ...part("Files", lists.files),
    ...part("Branch", place === "" ? [] : [place]),
    ...part("Next command", next === undefined ? [] : [next]),
  ];
}

function part(name: string, items: readonly string[] = []): string[] {
  return items.length === 0 ? [] : [`  ${name}:`, ...items.flatMap(quote)];
}
