import type { Level } from "../../domain/search/completions.ts";
import type { Need, SkillOffer, SkillsView, SkillView } from "../../domain/search/market.ts";
import type { SessionId } from "../../domain/values/ids.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { shellArgument } from "../../domain/values/shell-quote.ts";
import { formatAge, secondsBetween } from "../../domain/values/time.ts";
import { firstLine, makeVisible } from "../../domain/values/visible.ts";
import { quote } from "./quoted.ts";
import { renderTable } from "./table.ts";

/** The reading session where it is known, and the time. */
interface MarketReader {
  readonly now: Instant;
  readonly session: SessionId | undefined;
}

const SKILL_WIDTH = 40;

/** Renders each skill on one line, then the open requests with the commands that accept them. */
export function renderMarket({ skills }: SkillsView, reader: MarketReader): string {
  if (skills.length === 0) return "No session offers or needs a skill yet. Next: hive offer <skill>";
  const rows = skills.map(({ skill, offers }) => [
    firstLine(skill, SKILL_WIDTH),
    countOffers(offers),
    summarize(offers, reader.now),
  ]);
  return [...renderTable(rows), ...skills.flatMap((each) => renderNeeds(each, reader))].join("\n");
}

/** Renders one skill with all its offers. */
export function renderSkill({ skills: [found] }: SkillsView, asked: string, reader: MarketReader): string {
  const argument = makeVisible(shellArgument(found?.skill ?? asked));
  if (found === undefined)
    return `No session offers or needs ${firstLine(asked, SKILL_WIDTH)}.\nSearch related skills: hive find-help ${argument}`;
  const rows = found.offers.map((offer) => [
    offer.id,
    offer.presence,
    describeLevel(offer, reader.now),
    offer.until === null ? "" : `until ${offer.until}`,
    offer.note === null ? "" : `note (unverified): ${firstLine(offer.note, 200)}`,
  ]);
  return [
    `${firstLine(found.skill, SKILL_WIDTH)}: ${countOffers(found.offers)}`,
    ...renderTable(rows),
    ...renderNeeds(found, reader),
    `Ask for it: hive need ${argument} "<what you need>"`,
  ].join("\n");
}

function renderNeeds({ skill, offers, needs }: SkillView, reader: MarketReader): string[] {
  return needs.flatMap((need) => [
    `${describeNeed(need, skill, reader.now)}: ${countOffers(offers)}`,
    ...quote(need.text),
    ...(need.from === reader.session ? [] : [`  Take it: hive accept ${need.request_id}`]),
  ]);
}

function describeNeed({ request_id, from, urgency, created_at }: Need, skill: string, now: Instant): string {
  const age = formatAge(secondsBetween(created_at, now));
  return `${request_id}: ${from} (unverified) needs ${firstLine(skill, SKILL_WIDTH)}, ${urgency}, ${age} ago`;
}

function countOffers(offers: readonly SkillOffer[]): string {
  const alive = offers.filter(({ presence }) => presence === "alive").length;
  const [first] = offers;
  if (first === undefined) return "no session offers it";
  return offers.length === 1 ? `1 offers it, ${first.presence}` : `${offers.length} offer it, ${alive} alive`;
}

/** Describes the completed requests of all offers together. */
function summarize(offers: readonly SkillOffer[], now: Instant): string {
  const completed = offers.reduce((sum, offer) => sum + offer.completed, 0);
  const last = offers.reduce<Instant | null>((newest, offer) => later(newest, offer.last), null);
  return describeLevel({ completed, median_seconds: null, last }, now);
}

function later(one: Instant | null, other: Instant | null): Instant | null {
  if (one === null || other === null) return one ?? other;
  return secondsBetween(one, other) > 0 ? other : one;
}

function describeLevel({ completed, median_seconds, last }: Level, now: Instant): string {
  if (completed === 0) return "";
  return [
    `completed ${completed}`,
    ...(median_seconds === null ? [] : [`median ${formatAge(median_seconds)}`]),
    ...(last === null ? [] : [`last ${formatAge(secondsBetween(last, now))} ago`]),
  ].join(", ");
}
