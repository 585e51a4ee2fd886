import fc from "fast-check";
import { anyone, nth } from "./draw.ts";
import type { Model, ModelRequest, Verb, Who } from "./model.ts";

/** From which statuses a move may be made, by which party, and where it leads. */
const MOVES = {
  accept: { from: ["pending"], by: "to", to: "accepted" },
  start: { from: ["accepted"], by: "to", to: "in_progress" },
  complete: { from: ["accepted", "in_progress"], by: "to", to: "completed" },
  decline: { from: ["pending"], by: "to", to: "declined" },
  cancel: { from: ["pending", "accepted", "in_progress"], by: "from", to: "cancelled" },
} as const;
type Move = keyof typeof MOVES;

const ask: Verb<{ from: Who; to: Who }> = {
  kind: "request",
  args: fc.record({ from: anyone, to: anyone }),
  wish: (_, { from, to }) => ({ session: from, input: { to, text: "Please help", urgency: "normal" } }),
  judge(model, { from, to }) {
    if (!model.isRegistered(to)) return "unknown_session";
    if (from === to) return "same_session";
    return (result) => {
      const { collaboration } = result as { collaboration: { request_id: string } };
      const [made, moved] = [model.now, model.now];
      model.requests.push({ id: collaboration.request_id, from, to, status: "pending", made, moved });
      model.messages++;
    };
  },
};

function moveVerb(move: Move): Verb<{ who: Who; which: number }> {
  const { from, by, to } = MOVES[move];
  return {
    kind: move,
    args: fc.record({ who: anyone, which: nth }),
    wish: (model, { who, which }) => ({
      session: who,
      input: { request: model.request(which)?.id ?? "collab-none" },
    }),
    judge(model, { who, which }) {
      const request = model.request(which);
      if (request === undefined) return "unknown_request";
      if (request[by] !== who) return "wrong_party";
      if (!(from as readonly string[]).includes(request.status)) return "illegal_move";
      return () => Object.assign(request, { status: to, moved: model.now });
    },
  };
}

const DAY = 86_400;
const ENDED = ["completed", "declined", "cancelled", "expired"];

/** What time has done, written down by the bot. */
const expire: Verb<null> = {
  kind: "expire",
  args: fc.constant(null),
  wish: () => ({ session: "git-hive", input: {} }),
  judge: (model) => () => {
    for (const session of model.registered.values())
      if (model.now - session.seen > DAY) session.offline = true;
    const isOld = ({ status, moved }: ModelRequest, seconds: number) =>
      ENDED.includes(status) && model.now - moved > seconds;
    const archived = model.requests.filter((request) => isOld(request, EXPIRY.archive));
    model.archived.push(...archived);
    model.requests = model.requests.filter((request) => !archived.includes(request));
    expireRequests(model);
  },
};

const EXPIRY = { pending: 7 * DAY, archive: 30 * DAY };

function expireRequests(model: Model): void {
  for (const request of model.requests) {
    if (request.status !== "pending" || model.now - request.made <= EXPIRY.pending) continue;
    Object.assign(request, { status: "expired", moved: model.now });
    model.messages++;
  }
}

export const REQUEST_VERBS = [
  ask,
  ...(Object.keys(MOVES) as Move[]).map(moveVerb),
  expire,
] as unknown as readonly Verb<unknown>[];
