import type { Level } from "../../domain/search/completions.ts";
import type { Need, SkillOffer, SkillsView, SkillView } from "../../domain/search/market.ts";
import type { SessionId } from "../../domain/values/ids.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { shellArgument } from "../../domain/values/shell-quote.ts";
import { secondsBetween } from "../../domain/values/time.ts";
import { firstLine, makeVisible } from "../../domain/values/visible.ts";
import { quote, UNVERIFIED } from "./quoted.ts";
import { presenceCell } from "./styles.ts";
import type { Column, Page } from "./table.ts";
import type { Times } from "./times.ts";

/** The reading session where it is known, and how times read. */
interface MarketReader {
  readonly times: Times;
  readonly session: SessionId | undefined;
}

const SKILLS: readonly Column[] = [
  { head: "SKILL", giveWay: 0, isText: true },
  { head: "OFFERS", giveWay: 1 },
  { head: "DONE", giveWay: 2 },
];

const OFFERS: readonly Column[] = [
  { head: "SESSION", giveWay: 0 },
  { head: "PRESENCE", giveWay: 1 },
  { head: "DONE", giveWay: 4 },
  { head: "UNTIL", giveWay: 3 },
  { head: "NOTE", giveWay: 2, isText: true },
];

const SKILL_WIDTH = 40;

/** Renders each skill on one line, then the open requests with the commands that accept them. */
export function renderMarket({ skills }: SkillsView, reader: MarketReader): Page {
  if (skills.length === 0) return "No session offers or needs a skill yet. Next: hive offer <skill>";
  const rows = skills.map(({ skill, offers }) => [
    firstLine(skill, SKILL_WIDTH),
    countOffers(offers),
    summarize(offers, reader.times),
  ]);
  const needs = skills.flatMap((each) => renderNeeds(each, reader));
  const isQuoting = skills.some((each) => each.needs.some(({ from }) => from !== reader.session));
  return [{ columns: SKILLS, rows }, ...(isQuoting ? [UNVERIFIED] : []), ...needs];
}

/** Renders one skill with all its offers. */
export function renderSkill({ skills: [found] }: SkillsView, asked: string, reader: MarketReader): Page {
  const argument = makeVisible(shellArgument(found?.skill ?? asked));
  if (found === undefined)
    return `No session offers or needs ${firstLine(asked, SKILL_WIDTH)}.\nSearch related skills: hive find-help ${argument}`;
  const rows = found.offers.map((offer) => [
    offer.id,
    presenceCell(offer.presence),
    describeLevel(offer, reader.times),
    offer.until === null ? "" : untilCell(offer.until, reader.times),
    offer.note === null ? "" : firstLine(offer.note, 200),
  ]);
  const isQuoting =
    found.needs.some(({ from }) => from !== reader.session) ||
    found.offers.some(({ id, note }) => note !== null && id !== reader.session);
  return [
    `${firstLine(found.skill, SKILL_WIDTH)}: ${countOffers(found.offers)}`,
    ...(isQuoting ? [UNVERIFIED] : []),
    { columns: OFFERS, rows },
    ...renderNeeds(found, reader),
    `Ask for it: hive need ${argument} "<what you need>"`,
  ];
}

function renderNeeds({ skill, offers, needs }: SkillView, reader: MarketReader): string[] {
  return needs.flatMap((need) => [
    `${describeNeed(need, skill, reader)}: ${countOffers(offers)}`,
    ...quote(need.text),
    ...(need.from === reader.session ? [] : [`  Take it: hive accept ${need.request_id}`]),
  ]);
}

function describeNeed(
  { request_id, from, urgency, created_at }: Need,
  skill: string,
  { session, times }: MarketReader,
): string {
  const who = from === session ? "you need" : `${from} needs`;
  return `${request_id}: ${who} ${firstLine(skill, SKILL_WIDTH)}, ${urgency}, ${times.ago(created_at)}`;
}

function untilCell(until: Instant, times: Times): string {
  return times.isTerminal ? times.end(until) : times.until(until);
}

function countOffers(offers: readonly SkillOffer[]): string {
  const alive = offers.filter(({ presence }) => presence === "alive").length;
  const [first] = offers;
  if (first === undefined) return "no session offers it";
  return offers.length === 1 ? `1 offers it, ${first.presence}` : `${offers.length} offer it, ${alive} alive`;
}

/** Describes the completed requests of all offers together. */
function summarize(offers: readonly SkillOffer[], times: Times): string {
  const completed = offers.reduce((sum, offer) => sum + offer.completed, 0);
  const last = offers.reduce<Instant | null>((newest, offer) => later(newest, offer.last), null);
  return describeLevel({ completed, median_seconds: null, last }, times);
}

function later(one: Instant | null, other: Instant | null): Instant | null {
  if (one === null || other === null) return one ?? other;
  return secondsBetween(one, other) > 0 ? other : one;
}

function describeLevel({ completed, median_seconds, last }: Level, times: Times): string {
  if (completed === 0) return "";
  return [
    `completed ${completed}`,
    ...(median_seconds === null ? [] : [`median ${times.span(median_seconds)}`]),
    ...(last === null ? [] : [`last ${times.ago(last)}`]),
  ].join(", ");
}
