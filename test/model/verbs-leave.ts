import fc from "fast-check";
import type { Verb } from "./act.ts";
import { anyone } from "./draw.ts";
import { idsFrom, isLate, type Who } from "./model.ts";
import { putBack } from "./verbs-handovers.ts";

const OPEN = ["pending", "accepted", "in_progress"];

/** A session goes, and what the others would wait for is free again. */
const leave: Verb<{ who: Who }> = {
  kind: "leave",
  args: fc.record({ who: anyone }),
  attempt: (_, { who }) => ({ session: who, input: {} }),
  judge(model, { who }) {
    const session = model.session(who);
    const had = model.requests
      .filter((each) => each.to === who && OPEN.includes(each.status) && !isLate(model, each))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const claims = model.claims.filter((claim) => claim.who === who);
    const saidSo = session.state === "offline" && session.seen !== undefined;
    if (saidSo && had.length + claims.length === 0) return "nothing";
    return (_, op) => {
      const told = [...new Set(had.map(({ from }) => from))].filter((from) => model.sessions.has(from));
      for (const [index, to] of told.entries()) {
        const rank = (urgency: string) => ["urgent", "high", "normal"].indexOf(urgency);
        const [first] = had
          .filter(({ from }) => from === to)
          .sort((a, b) => rank(a.urgency) - rank(b.urgency));
        if (first === undefined) continue;
        model.tell({ id: idsFrom(op, index), from: who, to, priority: first.urgency, request: first.id });
      }
      for (const request of model.requests)
        if (
          request.from === who &&
          request.status === "pending" &&
          had.some(({ id }) => id === request.carries)
        )
          Object.assign(request, { status: "cancelled", moved: model.now });
      putBack(model, had);
      model.claims = model.claims.filter((claim) => claim.who !== who);
      Object.assign(session, {
        work: session.workBefore ?? session.work,
        workBefore: undefined,
        needs: undefined,
        state: "offline",
        until: undefined,
        gone: false,
        seen: model.now,
        worked: model.now,
      });
    };
  },
};

export const LEAVE_VERBS = [leave] as unknown as readonly Verb<unknown>[];
