import { command } from "../command.ts";
import { h } from "../dom.ts";
import { nothing, type Section } from "../section.ts";
import { more } from "../table.ts";
import type { View } from "../view.ts";

/** How many events are shown at once. The others are closed away. */
const SHOWN = 15;

/** What happened last, newest first. */
export function events(view: View): Section {
  const all = view.state.events;
  const list = (from: number, to: number) =>
    h(
      "ol",
      { class: "events" },
      ...all
        .slice(from, to)
        .map(({ at, text, commit }) =>
          h(
            "li",
            {},
            view.times.clock(at),
            h("span", { class: "text" }, text),
            h("small", {}, commit.slice(0, 7)),
          ),
        ),
    );
  return {
    id: "events",
    title: "What happened",
    note: `the last ${all.length}`,
    isHalf: true,
    children: [
      all.length === 0 ? nothing("Nothing has landed yet.") : list(0, SHOWN),
      all.length <= SHOWN ? null : more(`${all.length - SHOWN} earlier`, () => list(SHOWN, all.length)),
      command("hive log --since 2h"),
    ],
  };
}
