import fc from "fast-check";
import type { Verb } from "./act.ts";
import { anyone, mostlyFit, mostlyRight } from "./draw.ts";
import { idsFrom, type Model, type ModelRequest, type Who } from "./model.ts";
import { addRequest } from "./verbs-requests.ts";

const HELD = ["accepted", "in_progress"];
const OPEN = ["pending", ...HELD];
const force = fc.constantFrom(false, false, false, true);

/** Work with all that is known of it, to a session or to whoever accepts it first; it moves when it is accepted. */
const handoff: Verb<{ who: Who | "right"; to: Who | undefined; which: number | "fit" | undefined }> = {
  kind: "handoff",
  args: fc.record({
    who: mostlyRight,
    to: fc.option(anyone, { nil: undefined, freq: 2 }),
    which: fc.option(mostlyFit, { nil: undefined, freq: 6 }),
  }),
  attempt(model, { who, to, which }) {
    const request = which === undefined ? undefined : model.request(which, HELD);
    const named = which === undefined ? undefined : (request?.id ?? "collab-none");
    const input = { to, request: named, goal: "Finish it", bundle: { done: ["Half of it"] } };
    return { session: who === "right" ? (request?.to ?? "session-2") : who, input };
  },
  judge(model, { to, which }, who) {
    if (to !== undefined && !model.sessions.has(to)) return "unknown_session";
    if (who === to) return "same_session";
    const request = which === undefined ? undefined : model.request(which, HELD);
    if (which !== undefined && request === undefined) return "unknown_request";
    if (request && !isHeldBy(request, who)) return "not_held";
    if (request && request.from === to) return "own_request";
    const urgency = request?.urgency ?? "normal";
    return (result, op) => addRequest(model, result, op, { from: who, to, urgency, carries: request?.id });
  },
};

function isHeldBy({ to, status }: ModelRequest, who: Who): boolean {
  return to === who && HELD.includes(status);
}

/** The handover is done with, and what it is about is with whoever accepted it; who asked for that is told. */
export function takeHandover(model: Model, handover: ModelRequest, who: Who) {
  const carried = model.requests.find(({ id }) => id === handover.carries);
  if (carried === undefined || !isHeldBy(carried, handover.from)) return "handoff_void";
  if (carried.from === who) return "own_request";
  return (_: unknown, op: string) => {
    Object.assign(handover, { to: who, status: "completed", moved: model.now });
    pass(model, [carried], who, op);
  };
}

function pass(model: Model, requests: readonly ModelRequest[], who: Who, op: string): number {
  for (const request of requests) Object.assign(request, { to: who, changedHands: true, moved: model.now });
  const told = requests.filter(({ from }) => model.sessions.has(from));
  for (const [index, request] of told.entries()) {
    const { id, from, urgency: priority } = request;
    model.tell({ id: idsFrom(op, index), from: who, to: from, priority, request: id });
  }
  return told.length;
}

/** All that a session which is silent has accepted and not ended, but what the taker asked for itself. */
const takeover: Verb<{ who: Who; from: Who | "right"; force: boolean }> = {
  kind: "takeover",
  args: fc.record({ who: anyone, from: mostlyRight, force }),
  attempt: (model, { who, from, force }) => ({
    session: who,
    input: { session: holderOf(model, from), force },
  }),
  judge(model, { who, ...named }) {
    const from = holderOf(model, named.from);
    if (!model.sessions.has(from)) return "unknown_session";
    if (who === from) return "same_session";
    if (!named.force && !model.isSilent(from)) return "not_offline";
    const taken = model.requests
      .filter((request) => isHeldBy(request, from) && request.from !== who)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    if (taken.length === 0) return "nothing_open";
    return (_, op) => {
      const told = pass(model, taken, who, op);
      tellFormer(model, taken, from, who, idsFrom(op, told));
    };
  },
};

/** The one from whom it is taken hears of it once, as urgently as the most urgent that was taken. */
function tellFormer(model: Model, taken: readonly ModelRequest[], from: Who, who: Who, id: string): void {
  if (!model.sessions.has(from)) return;
  const rank = (urgency: string) => ["urgent", "high", "normal"].indexOf(urgency);
  const [first] = [...taken].sort((a, b) => rank(a.urgency) - rank(b.urgency));
  if (first !== undefined)
    model.tell({ id, from: who, to: from, priority: first.urgency, request: first.id });
}

/** It is pending and with nobody, so that any session may take it, or any with its skill. */
export function putBack(model: Model, requests: readonly ModelRequest[]): void {
  for (const request of requests)
    Object.assign(request, {
      to: undefined,
      status: "pending",
      changedHands: true,
      moved: model.now,
      since: model.now,
    });
}

/** What a session asked for comes back to it from one that is silent. */
const reclaim: Verb<{ who: Who | "right"; which: number | "fit"; force: boolean }> = {
  kind: "reclaim",
  args: fc.record({ who: mostlyRight, which: mostlyFit, force }),
  attempt(model, { who, which, force }) {
    const request = model.request(which, OPEN);
    const session = who === "right" ? (request?.from ?? "session-2") : who;
    return { session, input: { request: request?.id ?? "collab-none", force } };
  },
  judge(model, { which, force }, who) {
    const request = model.request(which, OPEN);
    if (request === undefined) return "unknown_request";
    if (request.from !== who) return "wrong_party";
    const former = request.to;
    if (former === undefined || !OPEN.includes(request.status)) return "not_reclaimable";
    if (!force && !(model.sessions.has(former) ? model.isSilent(former) : true)) return "not_offline";
    return (_, op) => {
      putBack(model, [request]);
      tellFormer(model, [request], former, who, op);
    };
  },
};

function holderOf(model: Model, who: Who | "right"): Who {
  return who === "right" ? (model.request("fit", HELD)?.to ?? "session-1") : who;
}

export const HANDOVER_VERBS = [handoff, takeover, reclaim] as unknown as readonly Verb<unknown>[];
