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

/** One session's offer of a skill, and what it has completed of it. */
export interface SkillOffer extends Level {
  readonly id: SessionId;
  readonly presence: Presence;
  readonly note: string | null;
  /** Since when; of a skill that came by registering, since the session is known. */
  readonly since: Instant;
  readonly until: Instant | null;
}

/** An open request for a skill that nobody has accepted. */
export interface Need {
  readonly request_id: RequestId;
  readonly from: SessionId;
  readonly text: string;
  readonly urgency: Urgency;
  readonly created_at: Instant;
}

export interface SkillView {
  /** In the spelling of whoever offered it first; where nobody offers it, of whoever needed it first. */
  readonly skill: string;
  /** Who is there comes first, then who has completed most. */
  readonly offers: readonly SkillOffer[];
  /** Oldest first. */
  readonly needs: readonly Need[];
}

export interface SkillsView {
  readonly skills: readonly SkillView[];
}
type State = Pick<
  Snapshot,
  "settings" | "taxonomy" | "sessions" | "heartbeats" | "collaborations" | "archived"
>;
/** Something about a skill, by the name and in the spelling that it was said with. */
interface StatedSkill<Value> {
  readonly name: string;
  readonly spelling: string;
  readonly since: Instant;
  readonly value: Value;
}

/** The market: every skill that is offered or needed, or the one that is asked for, in alphabetical order. */
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
    offers: offers.map(({ value }) => value).sort(byWorth),
    needs: [...needs].sort(bySince).map(({ value }) => value),
  };
}

/** The sort is stable, and sessions and requests come in the order of their ids. */
function bySince(a: StatedSkill<unknown>, b: StatedSkill<unknown>): number {
  return Date.parse(a.since) - Date.parse(b.since);
}

function byWorth(a: SkillOffer, b: SkillOffer): number {
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

/** What a session has completed of a skill: what was asked of those who offer it, and what speaks of it. */
function levels(taxonomy: Taxonomy): (skill: string, done: readonly Completion[]) => Level {
  const known = new Map<string, (said: ReadonlySet<string>) => boolean>();
  return (skill, done) => {
    const name = foldSkill(skill);
    const speaks = known.get(name) ?? speaksOf(skill, taxonomy);
    known.set(name, speaks);
    const isFor = ({ capability }: Completion) => capability !== undefined && foldSkill(capability) === name;
    return levelOf(done.filter((each) => isFor(each) || speaks(each.said)));
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
 * Tells from a text's terms whether it speaks of a skill: it says every word of the skill or of a keyword to which the
 * taxonomy relates it, in whatever form.
 */
function speaksOf(skill: string, taxonomy: Taxonomy): (said: ReadonlySet<string>) => boolean {
  const isIt = isSkill(skill);
  const keywords = Object.entries(taxonomy).filter(([, related]) => related.some(isIt));
  const phrases = [skill, ...keywords.map(([keyword]) => keyword)]
    .map(readWords)
    .filter((words) => words.length > 0);
  return (said) => phrases.some((words) => words.every((word) => isSaid(word, said)));
}

/** A compound is there by all its parts, or written together. */
function isSaid({ terms }: Word, said: ReadonlySet<string>): boolean {
  return terms.every((term) => said.has(term)) || said.has(terms.at(-1) ?? "");
}
