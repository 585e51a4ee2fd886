import { command } from "./command.ts";
import { type Child, h } from "./dom.ts";
import type { Section } from "./section.ts";
import { clockOf, dateOf, describeAge } from "./times.ts";
import type { View } from "./view.ts";

/** From this age on, the page says how it is made anew. */
const OLD_SECONDS = 900;

/** Where the state is from: a page that was written once, a server that answers or does not, or a moment in the past. */
export type Source = "file" | "live" | "lost" | "past";

/** Which hub, of when, how old that is, and where to find what. */
export function head({ state }: View, sections: readonly Section[], source: Source): Child[] {
  const at = state.seen_at ?? state.at;
  const age = h("span", { id: "age" });
  const old = h(
    "p",
    { class: "old", hidden: "" },
    "This page shows that moment and does not change by itself. Make it anew: ",
    command("hive dashboard"),
  );
  let isTold = false;
  const tell = () => {
    if (isTold && !age.isConnected) return;
    const seconds = (Date.now() - Date.parse(at)) / 1000;
    age.textContent = describeAge(seconds);
    old.hidden = source !== "file" || seconds < OLD_SECONDS;
    setTimeout(tell, seconds < 60 ? 1000 : 15_000);
  };
  tell();
  isTold = true;
  const isToday = dateOf(at) === dateOf(new Date().toISOString());
  return [
    h(
      "div",
      { class: "title" },
      h("h1", {}, h("span", { class: "brand" }, "git-hive"), " ", h("span", { class: "hub" }, state.hub)),
      h(
        "p",
        { class: "quiet" },
        "state of ",
        h("time", { datetime: at }, isToday ? clockOf(at) : `${dateOf(at)} ${clockOf(at)}`),
        ", ",
        age,
        ", commit ",
        h("code", {}, state.commit.slice(0, 7)),
      ),
    ),
    old,
    state.redacted
      ? h("p", { class: "quiet" }, "The words of sessions and people are not published on this page.")
      : null,
    source === "lost"
      ? h(
          "p",
          { class: "warning" },
          "The page's server does not answer. This is the last state that it sent. ",
        )
      : null,
    state.outdated === null
      ? null
      : h("p", { class: "warning" }, `${state.outdated} This is what this host had of it.`),
    state.unreadable === 0
      ? null
      : h(
          "p",
          { class: "warning" },
          `${state.unreadable} of the hub's files cannot be read and are not shown. `,
          command("hive validate"),
        ),
    h(
      "nav",
      { "aria-label": "Sections" },
      h(
        "ul",
        {},
        ...sections.map(({ id, title, note }) =>
          h(
            "li",
            {},
            h(
              "a",
              { href: `#${id}`, class: isDue(id, note) ? "due" : undefined },
              title,
              /^\d+/.test(note) ? h("b", {}, /^\d+/.exec(note)?.[0] ?? "") : null,
            ),
          ),
        ),
      ),
    ),
  ];
}

/** Whether a section has something for a person to do. */
function isDue(id: string, note: string): boolean {
  return ["unanswered", "silent", "overlaps"].includes(id) && note !== "0";
}
