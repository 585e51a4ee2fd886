import type { Level } from "../../domain/search/completions.ts";
import type { Need, SkillOffer, SkillsView, SkillView } from "../../domain/search/market.ts";
import type { SessionId } from "../../domain/values/ids.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { shellArgument } from "../../domain/values/shell-quote.ts";
import { formatAge, secondsBetween } from "../../domain/values/time.ts";
import { firstLine, makeVisible } from "../../domain/values/visible.ts";
import { quote } from "./quoted.ts";
import { renderTable } from "./table.ts";

/** Who looks, where that is known, and when. */
interface MarketReader {
  readonly now: Instant;
  readonly session: SessionId | undefined;
}

const WIDTH = 40;

/** Every skill on a line, then what is needed with the command that takes it. */
export function renderMarket({ skills }: SkillsView, reader: MarketReader): string {
  if (skills.length === 0) return "Nobody offers or needs anything yet. Be the first: hive offer <skill>";
  const rows = skills.map(({ skill, offers }) => [
    firstLine(skill, WIDTH),
    countOffers(offers),
    summarize(offers, reader.now),
  ]);
  return [...renderTable(rows), ...skills.flatMap((each) => renderNeeds(each, reader))].join("\n");
}

/** One skill with every offer of it. */
export function renderSkill({ skills: [found] }: SkillsView, asked: string, reader: MarketReader): string {
  const argument = makeVisible(shellArgument(found?.skill ?? asked));
  if (found === undefined)
    return `Nobody offers or needs ${firstLine(asked, WIDTH)}.\nLook further: hive find-help ${argument}`;
  const rows = found.offers.map((offer) => [
    offer.id,
    offer.presence,
    describeLevel(offer, reader.now),
    offer.until === null ? "" : `until ${offer.until}`,
    offer.note === null ? "" : `note (unverified): ${firstLine(offer.note, 200)}`,
  ]);
  return [
    `${firstLine(found.skill, WIDTH)}: ${countOffers(found.offers)}`,
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
  return `${request_id}: ${from} (unverified) needs ${firstLine(skill, WIDTH)}, ${urgency}, ${age} ago`;
}

function countOffers(offers: readonly SkillOffer[]): string {
  const alive = offers.filter(({ presence }) => presence === "alive").length;
  const [first] = offers;
  if (first === undefined) return "nobody offers it";
  return offers.length === 1 ? `1 offers it, ${first.presence}` : `${offers.length} offer it, ${alive} alive`;
}

/** What all of them have completed together. */
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
