import type { Taxonomy } from "../hub/taxonomy.ts";
import { describeSession } from "../sessions/describe.ts";
import { PRESENCE_ORDER, type Presence, presenceOf } from "../sessions/presence.ts";
import { distinctSkills, foldSkill, isSkill, offerOf } from "../sessions/skill.ts";
import type { Snapshot } from "../snapshot.ts";
import { groupBy } from "../values/group-by.ts";
import type { RequestId, SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { inOrderOf } from "../values/order.ts";
import type { Urgency } from "../values/urgency.ts";
import { type Completion, groupCompleted, type Level, levelOf, readCompletion } from "./completions.ts";
import { readWords, type Word } from "./terms.ts";

/** A session's offer of a skill, and its completed requests for this skill. */
export interface SkillOffer extends Level {
  readonly id: SessionId;
  readonly presence: Presence;
  readonly note: string | null;
  /** Start of the offer; for a skill given at registration, the instant of registration. */
  readonly since: Instant;
  readonly until: Instant | null;
}

/** An open request for a skill that no session has accepted. */
export interface Need {
  readonly request_id: RequestId;
  readonly from: SessionId;
  readonly text: string;
  readonly urgency: Urgency;
  readonly created_at: Instant;
}

export interface SkillView {
  /** In the spelling of the first offer; without offers, in the spelling of the first need. */
  readonly skill: string;
  /** Alive sessions first, then sessions with more completed requests. */
  readonly offers: readonly SkillOffer[];
  /** Oldest first. */
  readonly needs: readonly Need[];
}

export interface SkillsView {
  readonly skills: readonly SkillView[];
}

/** The parts of the hub that the market of skills needs. */
export const MARKET_PARTS = [
  "settings",
  "taxonomy",
  "sessions",
  "heartbeats",
  "collaborations",
  "archived",
] as const;

type State = Pick<Snapshot, (typeof MARKET_PARTS)[number]>;
/** An offer or need of a skill, with the skill's normal name and its spelling there. */
interface StatedSkill<Value> {
  readonly name: string;
  readonly spelling: string;
  readonly since: Instant;
  readonly value: Value;
}

/** The market: every skill that is offered or needed, or only the skill asked for, in alphabetical order. */
export function skills(state: State, now: Instant, asked?: string): SkillsView {
  const wanted = asked === undefined ? undefined : foldSkill(asked);
  const isWanted = (skill: string) => wanted === undefined || foldSkill(skill) === wanted;
  const offers = groupBy(findOffers(state, now, isWanted), ({ name }) => name);
  const needs = groupBy(findNeeds(state, isWanted), ({ name }) => name);
  const names = [...new Set([...offers.keys(), ...needs.keys()])].sort();
  return { skills: names.map((name) => viewSkill(offers.get(name) ?? [], needs.get(name) ?? [])) };
}

function viewSkill(
  offers: readonly StatedSkill<SkillOffer>[],
  needs: readonly StatedSkill<Need>[],
): SkillView {
  const [first] = [...(offers.length > 0 ? offers : needs)].sort(bySince);
  return {
    skill: first?.spelling ?? "",
    offers: offers.map(({ value }) => value).sort(byPresenceAndLevel),
    needs: [...needs].sort(bySince).map(({ value }) => value),
  };
}

/** Sorts by start. The sort is stable, and its input is sorted by id. */
function bySince(a: StatedSkill<unknown>, b: StatedSkill<unknown>): number {
  return Date.parse(a.since) - Date.parse(b.since);
}

function byPresenceAndLevel(a: SkillOffer, b: SkillOffer): number {
  return PRESENCE_ORDER[a.presence] - PRESENCE_ORDER[b.presence] || b.completed - a.completed;
}

function findOffers(
  state: State,
  now: Instant,
  isWanted: (skill: string) => boolean,
): StatedSkill<SkillOffer>[] {
  const completed = groupCompleted([...state.collaborations.values(), ...state.archived.values()]);
  const level = levels(state.taxonomy);
  return inOrder(state.sessions).flatMap(([id, profile]) => {
    const heartbeat = state.heartbeats.get(id);
    const { specialization, capabilities_offered } = describeSession(id, profile, heartbeat, now);
    const tags = distinctSkills([...specialization, ...capabilities_offered]).filter(isWanted);
    if (tags.length === 0) return [];
    const done = (completed.get(id) ?? []).map(readCompletion);
    const presence = presenceOf(heartbeat, now, state.settings);
    return tags.map((tag) => {
      const {
        skill: spelling = tag,
        note = null,
        since = profile.registered_at,
        until = null,
      } = offerOf(profile, tag) ?? {};
      const value = { id, presence, note, since, until, ...level(tag, done) };
      return { name: foldSkill(tag), spelling, since, value };
    });
  });
}

/**
 * Returns a function for a session's level in a skill: completed requests for this skill, and those whose text
 * mentions it.
 */
function levels(taxonomy: Taxonomy): (skill: string, done: readonly Completion[]) => Level {
  const known = new Map<string, (terms: ReadonlySet<string>) => boolean>();
  return (skill, done) => {
    const name = foldSkill(skill);
    const mentions = known.get(name) ?? mentionsSkill(skill, taxonomy);
    known.set(name, mentions);
    const isFor = ({ capability }: Completion) => capability !== undefined && foldSkill(capability) === name;
    return levelOf(done.filter((each) => isFor(each) || mentions(each.terms)));
  };
}

function findNeeds({ collaborations }: State, isWanted: (skill: string) => boolean): StatedSkill<Need>[] {
  return inOrder(collaborations).flatMap(([request_id, request]) => {
    const { to_capability, to_session, status, from_session: from, created_at, urgency } = request;
    const isOpen = to_capability !== undefined && to_session === null && status === "pending";
    if (!isOpen || !isWanted(to_capability)) return [];
    const value = { request_id, from, text: request.request, urgency, created_at };
    return [{ name: foldSkill(to_capability), spelling: to_capability, since: created_at, value }];
  });
}

function inOrder<Id extends string, Value>(parts: ReadonlyMap<Id, Value>): [Id, Value][] {
  return [...parts].sort(inOrderOf(([name]) => name));
}

/**
 * Returns a test whether a text, given its terms, mentions a skill: the text has every word of the skill, or of a
 * keyword to which the taxonomy relates it, in any form.
 */
function mentionsSkill(skill: string, taxonomy: Taxonomy): (terms: ReadonlySet<string>) => boolean {
  const isIt = isSkill(skill);
  const keywords = Object.entries(taxonomy).filter(([, related]) => related.some(isIt));
  const phrases = [skill, ...keywords.map(([keyword]) => keyword)]
    .map(readWords)
    .filter((words) => words.length > 0);
  return (terms) => phrases.some((words) => words.every((word) => hasWord(word, terms)));
}

/** Whether the terms contain a word. A compound counts by all its parts, or by its joined form. */
function hasWord({ terms: wanted }: Word, terms: ReadonlySet<string>): boolean {
  return wanted.every((term) => terms.has(term)) || terms.has(wanted.at(-1) ?? "");
}
