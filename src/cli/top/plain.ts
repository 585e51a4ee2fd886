import type { Dashboard } from "../../domain/dashboard/dashboard.ts";
import { count } from "../../domain/values/count.ts";
import { makeVisible } from "../../domain/values/visible.ts";
import type { Page } from "../render/table.ts";
import type { Times } from "../render/times.ts";
import { sectionsOf } from "./sections.ts";

/** The state once, to be read from top to bottom. */
export function plainTop(state: Dashboard, times: Times): Page {
  const { hub, commit, outdated, unreadable, seen_at, at } = state;
  return [
    `${makeVisible(hub)}, state of ${times.at(seen_at ?? at)}, commit ${commit.slice(0, 7)}`,
    ...(outdated === null ? [] : [`${makeVisible(outdated)} This is what this host had of it.`]),
    ...(unreadable === 0
      ? []
      : [`${count(unreadable, "file")} of the hub cannot be read. See: hive validate`]),
    ...sectionsOf(state, times).flatMap(({ title, none, columns, rows }) => [
      "",
      `${title}: ${rows.length === 0 ? none : rows.length}`,
      ...(rows.length === 0 ? [] : [{ columns, rows: rows.map(({ cells }) => cells) }]),
    ]),
  ];
}
