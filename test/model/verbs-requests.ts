import fc from "fast-check";
import type { Verb } from "./act.ts";
import { anyone, lasting, maybe } from "./draw.ts";
import { instant, type Model, type ModelRequest, type Who } from "./model.ts";

const urgency = fc.constantFrom("normal", "high", "urgent");

interface AskedArgs {
  who: Who;
  to: Who | undefined;
  skill: string;
  urgency: string;
  lasts: number | undefined;
}

/** Asks one session, or whoever offers a skill. */
const request: Verb<AskedArgs> = {
  kind: "request",
  args: fc.record({
    who: anyone,
    to: fc.option(anyone, { nil: undefined, freq: 2 }),
    skill: fc.constantFrom("react", "RUST"),
    urgency,
    lasts: maybe(lasting),
  }),
  attempt: (model, { who, to, skill, urgency, lasts }) => ({
    session: who,
    input: {
      ...(to === undefined ? { to_capability: skill } : { to }),
      ...{ text: "Please help", urgency },
      ...(lasts === undefined ? {} : { deadline: instant(model.now + lasts) }),
    },
  }),
  judge(model, { who, to, skill, urgency, lasts }) {
    if (to !== undefined && !model.sessions.has(to)) return "unknown_session";
    if (who === to) return "same_session";
    if (lasts !== undefined && lasts <= 0) return "past_deadline";
    const deadline = lasts === undefined ? undefined : model.now + lasts;
    return (result, op) =>
      addRequest(model, result, op, {
        ...{ from: who, to, urgency, deadline },
        ...(to === undefined ? { skill } : {}),
      });
  },
};

/** A request and the message that tells it: to the session that is asked, or to all. */
export function addRequest(
  model: Model,
  result: unknown,
  op: string,
  asked: Pick<ModelRequest, "from" | "to" | "urgency"> & Partial<ModelRequest>,
): void {
  const id = (result as { collaboration: { request_id: string } }).collaboration.request_id;
  model.requests.push({
    ...{ id, message: op, open: asked.to === undefined, skill: undefined, status: "pending" },
    ...{ deadline: undefined, evidence: undefined, carries: undefined, changedHands: false },
    ...{ declinedBy: new Set(), made: model.now, moved: model.now },
    ...asked,
  });
  const { from, to = "all", urgency: priority } = asked;
  model.tell({ id: op, from, to, priority, request: id });
}

export const REQUEST_VERBS = [request] as unknown as readonly Verb<unknown>[];
