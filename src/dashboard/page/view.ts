import type { Dashboard } from "../../domain/dashboard/dashboard.ts";
import { h } from "./dom.ts";
import { Times } from "./times.ts";

type Session = Dashboard["sessions"][number];

/** Degrees between the hues of two neighbours: the golden angle, which keeps any number of them apart. */
const HUE_STEP = 137.5;

/** The state, and how sessions and times of it are shown everywhere on the page. */
export class View {
  readonly state: Dashboard;
  readonly times: Times;
  readonly #sessions: ReadonlyMap<string, Session>;
  readonly #hues: ReadonlyMap<string, number>;

  constructor(state: Dashboard) {
    this.state = state;
    this.times = new Times(state.at);
    this.#sessions = new Map(state.sessions.map((session) => [session.id, session]));
    const ids = state.sessions.map(({ id }) => id).sort();
    this.#hues = new Map(ids.map((id, index) => [id, Math.round(index * HUE_STEP) % 360]));
  }

  /** A session's name with a dot for its presence; any other text as it is. */
  who(id: string): HTMLElement {
    const session = this.#sessions.get(id);
    if (session === undefined) return h("span", { class: "who" }, id);
    const presence = presenceOf(session);
    const title = [presence, session.role].filter(Boolean).join(", ");
    return h(
      "span",
      { class: "who", title },
      h("i", { class: `dot ${presence}`, "aria-hidden": "true" }),
      id,
    );
  }

  /** The color of a holder in the tree of claims. */
  hue(id: string): number {
    return this.#hues.get(id) ?? 0;
  }
}

/** `working`, `alive`, `silent` or `offline`. */
export function presenceOf({ working, presence }: Pick<Session, "working" | "presence">): string {
  if (working) return "working";
  return presence === "stale" ? "silent" : presence;
}
