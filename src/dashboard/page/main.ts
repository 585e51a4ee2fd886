import type { Dashboard } from "../../domain/dashboard/dashboard.ts";
import { h } from "./dom.ts";
import { head } from "./head.ts";
import { forgetTheRest, makeTheRest } from "./later.ts";
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

const state = JSON.parse(document.getElementById("state")?.textContent ?? "{}") as Dashboard;
show(state, false);

const packed = document.getElementById("past");
const steps = Number(packed?.dataset.steps ?? 0);
if (steps > 0) {
  const travel = new Travel(state, steps, () => unpackPast(packed?.textContent ?? ""), show);
  document.getElementById("travel")?.append(travel.element);
}

/** Shows a state in place of the one before. What its reader has opened stays open. */
function show(shown: Dashboard, isPast: boolean): void {
  const place = document.getElementById("sections");
  const open = new Set([...(place?.querySelectorAll("details[open]") ?? [])].map(nameOf));
  forgetTheRest();
  const view = new View(shown);
  const built = SECTIONS.map((build) => build(view));
  document.title = h("span", {}, `git-hive ${shown.hub}`).textContent;
  document.getElementById("head")?.replaceChildren(h("div", { class: "head" }, ...head(view, built, isPast)));
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
