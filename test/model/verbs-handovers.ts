import fc from "fast-check";
import type { Verb } from "./act.ts";
import { anyone, mostlyFit, mostlyRight } from "./draw.ts";
import { idsFrom, type Model, type ModelRequest, type Who } from "./model.ts";
import { addRequest } from "./verbs-requests.ts";

const HELD = ["accepted", "in_progress"];

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

function pass(model: Model, requests: readonly ModelRequest[], who: Who, op: string): void {
  for (const request of requests) Object.assign(request, { to: who, changedHands: true, moved: model.now });
  const told = requests.filter(({ from }) => model.sessions.has(from));
  for (const [index, request] of told.entries()) {
    const { id, from, urgency: priority } = request;
    model.tell({ id: idsFrom(op, index), from: who, to: from, priority, request: id });
  }
}

/** All that a session which is offline has accepted and not ended, but what the taker asked for itself. */
const takeover: Verb<{ who: Who; from: Who | "right" }> = {
  kind: "takeover",
  args: fc.record({ who: anyone, from: mostlyRight }),
  attempt: (model, { who, from }) => ({ session: who, input: { session: holderOf(model, from) } }),
  judge(model, { who, ...named }) {
    const from = holderOf(model, named.from);
    if (!model.sessions.has(from)) return "unknown_session";
    if (who === from) return "same_session";
    if (model.presence(from) !== "offline") return "not_offline";
    const taken = model.requests
      .filter((request) => isHeldBy(request, from) && request.from !== who)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    return taken.length === 0 ? "nothing_open" : (_, op) => pass(model, taken, who, op);
  },
};

function holderOf(model: Model, who: Who | "right"): Who {
  return who === "right" ? (model.request("fit", HELD)?.to ?? "session-1") : who;
}

export const HANDOVER_VERBS = [handoff, takeover] as unknown as readonly Verb<unknown>[];
