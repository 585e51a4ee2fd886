import fc from "fast-check";
import type { Verb } from "./act.ts";
import { DAY, idsFrom, isLate, type Model, type ModelRequest, type ModelSession, type Who } from "./model.ts";
import { silentFor, takeOut, unused } from "./verbs-retire.ts";

const AFTER = { offline: DAY, archive: 30 * DAY, unused: DAY, retire: 30 * DAY };
const ENDED = ["completed", "declined", "cancelled", "expired"];

/** What time has done, written down by the bot. */
const expire: Verb<null> = {
  kind: "expire",
  args: fc.constant(null),
  attempt: () => ({ session: "git-hive", input: {} }),
  judge(model) {
    if (model.now - newest(model) > DAY) return "nothing";
    const idle = unused(model);
    const leaving = [
      ...silentFor(model, AFTER.retire),
      ...silentFor(model, AFTER.unused).filter((who) => idle.includes(who)),
    ];
    const silent = [...model.sessions].filter(
      ([who, session]) => hasGone(model, who, session) && !leaving.includes(who) && !idle.includes(who),
    );
    const back = [...model.sessions.values()].filter(
      ({ gone, seen }) => gone && seen !== undefined && model.now - seen <= AFTER.offline,
    );
    const late = model.requests.filter((request) => isLate(model, request));
    const old = model.requests.filter(
      ({ status, moved }) => ENDED.includes(status) && model.now - moved > AFTER.archive,
    );
    const lapsed = model.claims.filter(({ until, who }) => until <= model.now && !leaving.includes(who));
    if ([leaving, silent, back, late, old, lapsed].every(({ length }) => length === 0)) return "nothing";
    return (_, op) => {
      for (const [, session] of silent)
        Object.assign(session, {
          ...{ gone: true, seen: undefined, worked: undefined, left: model.now },
          ...{ state: "active", until: undefined },
          ...{ work: session.workBefore ?? session.work, workBefore: undefined },
        });
      for (const session of back) session.gone = false;
      model.requests = model.requests.filter((request) => !old.includes(request));
      model.archived.push(...old);
      model.claims = model.claims.filter((claim) => !lapsed.includes(claim));
      const told = expireRequests(model, late, leaving, op);
      for (const [index, { who }] of lapsed.sort((a, b) => (a.key < b.key ? -1 : 1)).entries())
        model.tell({ id: idsFrom(op, told + index), from: "git-hive", to: who });
      takeOut(model, [...new Set(leaving)], (nth) => idsFrom(op, told + lapsed.length + nth));
    };
  },
};

/** When anybody was last heard of, or a request last moved; now, where there is neither. */
function newest({ sessions, requests, now }: Model): number {
  const seen = [...sessions.values()].flatMap((session) =>
    session.seen === undefined ? [] : [session.seen],
  );
  const times = [...seen, ...requests.map(({ moved }) => moved)];
  return times.length === 0 ? now : Math.max(...times);
}

/** Silent for a day, and not as it said: paused until then. */
function hasGone(model: Model, who: Who, { seen }: ModelSession): boolean {
  const { state, until } = model.word(who);
  const isExcused = state === "paused" && until !== undefined;
  return seen !== undefined && model.now - seen > AFTER.offline && !isExcused;
}

/** Whoever asked and stays is told, by the bot; how many messages that makes. */
function expireRequests(model: Model, late: ModelRequest[], leaving: readonly Who[], op: string): number {
  for (const request of late) Object.assign(request, { status: "expired", moved: model.now });
  const told = late.filter(({ from }) => !leaving.includes(from)).sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const [index, request] of told.entries()) {
    const { id, from: to, urgency: priority } = request;
    model.tell({ id: idsFrom(op, index), from: "git-hive", to, priority, request: id });
  }
  return told.length;
}

export const EXPIRE_VERBS = [expire] as unknown as readonly Verb<unknown>[];
