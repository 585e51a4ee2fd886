import fc from "fast-check";
import type { Verb } from "./act.ts";
import { anyone, maybe } from "./draw.ts";
import { DAY, idsFrom, type Model, type ModelRequest, type Who } from "./model.ts";

const OPEN = ["pending", "accepted", "in_progress"];
const HELD = ["accepted", "in_progress"];
const byId = (a: ModelRequest, b: ModelRequest) => (a.id < b.id ? -1 : 1);

/** Sessions that are gone, by name or by how long they were. */
const retire: Verb<{ names: Who[]; days: number | undefined; force: true | undefined }> = {
  kind: "retire",
  args: fc.record({
    names: fc.uniqueArray(anyone, { minLength: 1, maxLength: 2 }),
    days: fc.option(fc.constantFrom(0, 7), { nil: undefined, freq: 2 }),
    force: maybe(fc.constant(true as const)),
  }),
  attempt: (_, { names, days, force }) => ({
    session: "git-hive",
    input: days === undefined ? { sessions: names, force } : { offline_for: `${days}d` },
  }),
  judge(model, { names, days, force }) {
    if (days === undefined)
      for (const who of names) {
        if (!model.sessions.has(who) && !model.retired.has(who)) return "unknown_session";
        if (model.sessions.has(who) && model.presence(who) !== "offline" && !force) return "still_online";
      }
    const leaving =
      days === undefined ? names.filter((who) => model.sessions.has(who)) : silentFor(model, days * DAY);
    return leaving.length === 0 ? "nothing" : (_, op) => takeOut(model, leaving, (nth) => idsFrom(op, nth));
  },
};

/** Offline, and not heard of for so long; a pause with an end excuses. */
export function silentFor(model: Model, seconds: number): Who[] {
  return [...model.sessions].flatMap(([who, { seen, left }]) => {
    const { state, until } = model.word(who);
    const isExcused = state === "paused" && until !== undefined;
    const isLong = model.now - (seen ?? left ?? model.now) > seconds;
    return isLong && !isExcused && model.presence(who) === "offline" ? [who] : [];
  });
}

/** A tool made it, it did nothing, and nothing waits for it or is held by it. */
export function unused(model: Model): Who[] {
  return [...model.sessions].flatMap(([who, { registration, seen, worked }]) => {
    const isIdle = registration !== undefined && seen !== undefined && worked === null;
    const isParty = model.requests.some(
      ({ from, to, status }) => OPEN.includes(status) && [from, to].includes(who),
    );
    return isIdle && !isParty && !model.claims.some((claim) => claim.who === who) ? [who] : [];
  });
}

/** What they hold ends; whoever asked them, or works for them, is told. */
export function takeOut(model: Model, leaving: readonly Who[], idOf: (nth: number) => string): void {
  const open = model.requests.filter(({ status }) => OPEN.includes(status)).sort(byId);
  const back = open.filter(({ to }) => to !== undefined && leaving.includes(to));
  const own = open.filter(({ from, to }) => leaving.includes(from) && !(to && leaving.includes(to)));
  const kept = own.filter(({ status }) => HELD.includes(status));
  for (const who of leaving) {
    model.retired.set(who, model.session(who));
    model.sessions.delete(who);
  }
  model.claims = model.claims.filter(({ who }) => !leaving.includes(who));
  const told = [
    ...back.map((request) => ({ request, to: request.from })),
    ...kept.map((request) => ({ request, to: request.to ?? request.from })),
  ].filter(({ to }) => model.sessions.has(to));
  for (const [nth, { request, to }] of told.entries())
    model.tell({ id: idOf(nth), from: "git-hive", to, priority: request.urgency, request: request.id });
  for (const request of [...back, ...own.filter((each) => !kept.includes(each))])
    Object.assign(request, { status: "expired", moved: model.now });
}

export const RETIRE_VERBS = [retire] as unknown as readonly Verb<unknown>[];
