import type { ClaimNode } from "../../../domain/dashboard/claim-tree.ts";
import { command } from "../command.ts";
import { type Child, h } from "../dom.ts";
import { nothing, type Section } from "../section.ts";
import type { View } from "../view.ts";

/** A claim that ends sooner lapses soon. */
const SOON_SECONDS = 900;

/** Who holds which files and keys. */
export function claims(view: View): Section {
  const { keys, projects } = view.state.claims;
  const number = new Set([...keys, ...projects].flatMap(keysOf)).size;
  return {
    id: "claims",
    title: "Claims",
    note: String(number),
    isHalf: true,
    children: [
      number === 0 ? nothing("Nothing is claimed.") : null,
      projects.map((project) => [h("h3", {}, project.name || "no project"), treeOf(project.children, view)]),
      keys.length === 0 ? null : [h("h3", {}, "Keys"), treeOf(keys, view)],
      number === 0 ? null : command("hive claims"),
    ],
  };
}

function keysOf({ holders, children }: ClaimNode): string[] {
  return [...holders.map(({ key }) => key), ...children.flatMap(keysOf)];
}

function treeOf(nodes: readonly ClaimNode[], view: View): HTMLElement {
  const items = nodes.map(({ name, holders, children }) =>
    h(
      "li",
      {},
      h("code", {}, name),
      ...holders.map((holder) => holding(holder, view)),
      children.length === 0 ? null : treeOf(children, view),
    ),
  );
  return h("ul", { class: "tree" }, ...items);
}

function holding({ session, until, note }: ClaimNode["holders"][number], view: View): HTMLElement {
  const isSoon = view.times.secondsLeft(until) < SOON_SECONDS;
  const mark = h("i", { class: "hue", "aria-hidden": "true" });
  mark.style.setProperty("--hue", String(view.hue(session)));
  const parts: Child[] = [
    mark,
    view.who(session),
    " ",
    h("span", { class: isSoon ? "soon" : "quiet" }, view.times.left(until)),
    note === null ? null : h("small", {}, note),
  ];
  return h("span", { class: "holding" }, ...parts);
}
