import type { Dashboard } from "../../domain/dashboard/dashboard.ts";
import { h } from "./dom.ts";
import { head } from "./head.ts";
import { forgetTheRest, makeTheRest } from "./later.ts";
import { actBar, fetchPast, follow } from "./live.ts";
import { section } from "./section.ts";
import { claims } from "./sections/claims.ts";
import { events } from "./sections/events.ts";
import { metrics } from "./sections/metrics.ts";
import { overlaps } from "./sections/overlaps.ts";
import { requests } from "./sections/requests.ts";
import { sessions } from "./sections/sessions.ts";
import { silent } from "./sections/silent.ts";
import { skills } from "./sections/skills.ts";
import { unanswered } from "./sections/unanswered.ts";
import { week } from "./sections/week.ts";
import { Travel, unpackPast } from "./travel.ts";
import { View } from "./view.ts";

/** In the order in which a person who supervises wants to know. */
const SECTIONS = [unanswered, silent, overlaps, sessions, requests, claims, events, week, skills, metrics];

/** What the page's server lets it do; null where the page is a file. */
const live = read<{ writes: boolean } | null>("live");
const state = read<Dashboard>("state");
let isConnected = true;
if (live?.writes) document.getElementById("act")?.append(actBar());
show(state, "now");

const packed = document.getElementById("past");
const load = live === null ? () => unpackPast(packed?.textContent ?? "") : fetchPast;
const travel = new Travel(state, Number(packed?.dataset.steps ?? 0), load, show);
if (travel.steps > 0) document.getElementById("travel")?.append(travel.element);
if (live !== null)
  follow(
    (newest) => travel.update(newest),
    (is) => {
      if (is === isConnected) return;
      isConnected = is;
      travel.refresh();
    },
  );

function read<Value>(id: string): Value {
  return JSON.parse(document.getElementById(id)?.textContent ?? "null") as Value;
}

/** Shows a state in place of the one before. What its reader has opened stays open. */
function show(shown: Dashboard, when: "now" | "then"): void {
  const place = document.getElementById("sections");
  const open = new Set([...(place?.querySelectorAll("details[open]") ?? [])].map(nameOf));
  forgetTheRest();
  const view = new View(shown);
  const built = SECTIONS.map((build) => build(view));
  document.title = h("span", {}, `git-hive ${shown.hub}`).textContent;
  const source = when === "then" ? "past" : live === null ? "file" : isConnected ? "live" : "lost";
  document.getElementById("head")?.replaceChildren(h("div", { class: "head" }, ...head(view, built, source)));
  place?.replaceChildren(...built.map(section));
  for (const each of place?.querySelectorAll("details") ?? []) each.open = open.has(nameOf(each));
  requestAnimationFrame(() => setTimeout(makeTheRest));
}

/** The section of what is closed away, and the words by which it is opened, less the numbers in them. */
function nameOf(details: Element): string {
  const words = details.querySelector("summary")?.textContent.replaceAll(/\d/g, "");
  return `${details.closest("section")?.id} ${words}`;
}

/** Paper has nothing to click. */
addEventListener("beforeprint", () => {
  makeTheRest();
  for (const each of document.querySelectorAll("details")) each.open = true;
});
