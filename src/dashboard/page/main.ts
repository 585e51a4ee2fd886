import type { Dashboard } from "../../domain/dashboard/dashboard.ts";
import { h } from "./dom.ts";
import { head } from "./head.ts";
import { makeTheRest } from "./later.ts";
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
import { View } from "./view.ts";

/** In the order in which a person who supervises wants to know. */
const SECTIONS = [unanswered, silent, overlaps, sessions, requests, claims, events, week, skills, metrics];

const state = JSON.parse(document.getElementById("state")?.textContent ?? "{}") as Dashboard;
const view = new View(state);
const built = SECTIONS.map((build) => build(view));
document.title = h("span", {}, `git-hive ${state.hub}`).textContent;
document.getElementById("head")?.append(h("div", { class: "head" }, ...head(view, built)));
document.getElementById("sections")?.replaceChildren(...built.map(section));

requestAnimationFrame(() => setTimeout(makeTheRest));

/** Paper has nothing to click. */
addEventListener("beforeprint", () => {
  makeTheRest();
  for (const each of document.querySelectorAll("details")) each.open = true;
});
