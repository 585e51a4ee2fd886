import { inbox } from "../../src/domain/inbox/inbox.ts";
import { joinReceipt, NO_MARKS } from "../../src/domain/inbox/read-marks.ts";
import { skills } from "../../src/domain/search/market.ts";
import { sync } from "../../src/domain/sessions/overview.ts";
import type { Snapshot } from "../../src/domain/snapshot.ts";
import { isShown, isVoid, unread, waiting } from "./mail.ts";
import { instant, type Model, type ModelNeed, type ModelRequest, type Who } from "./model.ts";

/*
 * What both sides have to agree on: what the program's own questions answer, and what the model has.
 */

export const PARTS = [
  ...(["settings", "taxonomy", "sessions", "retired", "heartbeats", "collaborations", "archived"] as const),
  ...(["claims", "messages"] as const),
];

export function digestOf(state: Snapshot, now: string): unknown {
  return {
    sessions: sync(state, now)
      .sessions.map(({ id, status, status_until, presence, current_work, away, worked_at }) => {
        const { availability, follows = [], mutes = [], registration, needs } = state.sessions.get(id) ?? {};
        const said = {
          hours: availability?.hours ?? null,
          follows: [...follows].sort(),
          mutes: [...mutes].sort(),
        };
        return {
          id,
          status,
          status_until,
          presence,
          current_work,
          worked_at,
          away: away !== null,
          registration,
          needs,
          ...said,
        };
      })
      .sort(by(({ id }) => id)),
    retired: Object.keys(state.retired.sessions).sort(),
    skills: skills(state, now)
      .skills.flatMap(({ skill, offers }) =>
        offers.map(({ id, note, since, until }) => ({ skill: skill.toLowerCase(), id, note, since, until })),
      )
      .sort(by(({ skill, id }) => `${skill} ${id}`)),
    inboxes: [...state.sessions.values()]
      .map((profile) => inbox(state, profile.id, joinReceipt(NO_MARKS, profile), now))
      .map(({ session, messages, requests, asked }) => ({
        session,
        messages: messages.map(({ id }) => id).sort(),
        requests: requests.map(({ request_id }) => request_id).sort(),
        seen: asked
          .flatMap(({ receipt, request_id }) => (receipt ? [[request_id, receipt.seen_by]] : []))
          .sort(),
      }))
      .sort(by(({ session }) => session)),
    requests: [...state.collaborations.values()].map(recordOf).sort(by(({ id }) => id)),
    archived: [...state.archived.values()].map(recordOf).sort(by(({ id }) => id)),
    messages: state.messages
      .map(({ id, from, to, priority, intent, thread, request_id: request, answers, person }) => {
        return { id, from, to, priority, intent, thread: thread ?? id, request, answers, person };
      })
      .sort(by(({ id }) => id)),
    claims: [...state.claims.values()]
      .map(({ key, claim_id: id, patterns, project, session, claimed_at, until }) => {
        return { key, id, targets: [...patterns].sort(), project, session, claimed_at, until };
      })
      .sort(by(({ key }) => key)),
  };
}

function recordOf(request: Snapshot["collaborations"] extends ReadonlyMap<unknown, infer R> ? R : never) {
  const { request_id: id, from_session: from, to_session: to, to_capability: skill } = request;
  const { urgency, status, evidence, deadline, handoff, message_id: message, updated_at: moved } = request;
  const declined = request.history.filter((step) => step.declined).map((step) => step.session);
  const said = { urgency, status, evidence, deadline, message, moved };
  return { id, from, to, skill, ...said, carries: handoff?.request, declined: declined.sort() };
}

export function digestOfModel(model: Model): unknown {
  const everybody = [...model.sessions].sort(by(([id]) => id));
  return {
    sessions: everybody.map(([id, session]) => {
      const { state: status, until } = model.word(id);
      const { hours, registration } = session;
      const needs = session.needs && needOf(session.needs);
      const current_work = model.workOf(id);
      const heard = { follows: [...session.follows].sort(), mutes: [...session.mutes].sort() };
      const away = status === "paused" || !isWithin(hours, model.now);
      const status_until = until === undefined ? null : instant(until);
      const worked_at =
        session.worked === undefined || session.worked === null ? null : instant(session.worked);
      const said = { status, status_until, current_work, registration, hours, worked_at, needs };
      return { id, presence: model.presence(id), away, ...said, ...heard };
    }),
    retired: [...model.retired.keys()].sort(),
    skills: everybody
      .flatMap(([id, { skills: all, came }]) =>
        all
          .filter(({ offer }) => offer?.until === undefined || offer.until > model.now)
          .map(({ name, offer }) => ({
            ...{ skill: name.toLowerCase(), id, note: offer?.note ?? null },
            since: instant(offer?.since ?? came),
            until: offer?.until === undefined ? null : instant(offer.until),
          })),
      )
      .sort(by(({ skill, id }) => `${skill} ${id}`)),
    inboxes: everybody.map(([session, { read }]) => ({
      session,
      messages: unread(model, session, read)
        .map(({ id }) => id)
        .sort(),
      requests: waiting(model, session)
        .map(({ id }) => id)
        .sort(),
      seen: model.requests
        .filter((each) => each.from === session && each.status === "pending" && !isVoid(model, each))
        .map((request) => [request.id, seenBy(model, request)])
        .sort(),
    })),
    requests: model.requests.map(recordOfModel).sort(by(({ id }) => id)),
    archived: model.archived.map(recordOfModel).sort(by(({ id }) => id)),
    messages: model.messages
      .map(({ at: _, ...message }) => ({ answers: undefined, person: undefined, ...message }))
      .sort(by(({ id }) => id)),
    claims: model.claims
      .map(({ key, id, targets, project, who: session, since, until }) => {
        const when = { claimed_at: instant(since), until: instant(until) };
        return { key, id, targets: [...targets].sort(), project, session, ...when };
      })
      .sort(by(({ key }) => key)),
  };
}

function needOf({ id, question, options, byTool, since }: ModelNeed) {
  return {
    ...{ id, question, since: instant(since) },
    ...(options === undefined ? {} : { options }),
    ...(byTool === undefined ? {} : { by_tool: byTool }),
  };
}

function recordOfModel({ id, from, to = undefined, skill, carries, declinedBy, ...request }: ModelRequest) {
  const { urgency, status, evidence, message } = request;
  const deadline = request.deadline === undefined ? undefined : instant(request.deadline);
  const said = { urgency, status, evidence, deadline, message, moved: instant(request.moved) };
  return { id, from, to: to ?? null, skill, ...said, carries, declined: [...declinedBy].sort() };
}

/** Whose inbox has shown a request that waits for them, as far as the hub knows. */
function seenBy(model: Model, request: ModelRequest): Who[] {
  return [...model.sessions.keys()]
    .filter((who) => waiting(model, who).includes(request))
    .filter((who) => isShown(model.session(who).read, request.message))
    .sort();
}

/** `Mon-Fri 09:00-17:00 UTC`, `Sat 11:00-13:00 UTC`, or always. */
function isWithin(hours: string | null, now: number): boolean {
  if (hours === null) return true;
  const [day, hour] = [new Date(now * 1000).getUTCDay(), new Date(now * 1000).getUTCHours()];
  return hours.startsWith("Sat")
    ? day === 6 && hour >= 11 && hour < 13
    : day >= 1 && day <= 5 && hour >= 9 && hour < 17;
}

function by<Value>(key: (value: Value) => string): (a: Value, b: Value) => number {
  return (a, b) => (key(a) < key(b) ? -1 : 1);
}
