import { DAY, type Model, type ModelMessage, type ModelRequest, type ModelShown, type Who } from "./model.ts";

/*
 * Who receives what: the model's inbox.
 */

/**
 * Requests that wait for a session: it was asked, or it offers the skill, or it is open to all; and it did not decline. Of
 * handovers only those that still have something to hand over, and not what the session asked for itself.
 */
export function waiting(model: Model, who: Who): ModelRequest[] {
  return model.requests.filter((request) => {
    const { status, from, to, skill, declinedBy } = request;
    if (status !== "pending" || from === who || isVoid(model, request)) return false;
    if (model.requests.some(({ id, from: asker }) => id === request.carries && asker === who)) return false;
    if (to !== undefined) return to === who;
    return !declinedBy.has(who) && (skill === undefined || offers(model, who, skill));
  });
}

/** Whether a handover is about a request that its maker no longer has. */
export function isVoid(model: Model, { carries, from }: ModelRequest): boolean {
  if (carries === undefined) return false;
  const carried = model.requests.find(({ id }) => id === carries);
  return carried?.to !== from || !["accepted", "in_progress"].includes(carried.status);
}

function offers(model: Model, who: Who, skill: string): boolean {
  return model.session(who).skills.some(({ name, offer }) => {
    const isOver = offer?.until !== undefined && offer.until <= model.now;
    return name.toLowerCase() === skill.toLowerCase() && !isOver;
  });
}

/** What others wrote to a session, to all, and on what it follows or has a word in; but for what it muted. */
function mail(model: Model, who: Who): ModelMessage[] {
  const { follows, mutes } = model.session(who);
  const spokenIn = new Set(model.messages.filter(({ from }) => from === who).map(({ thread }) => thread));
  return model.messages.filter((message) => {
    const { from, to, thread, request, priority } = message;
    const tellsOpenRequest = to === "all" && request !== undefined;
    if (from === who || tellsOpenRequest) return false;
    const isOwn = to === who || to === "all" || follows.has(to) || follows.has(thread);
    if (!isOwn && !(to.startsWith("#") && spokenIn.has(thread))) return false;
    const isUrgent = to === who && priority === "urgent";
    return isUrgent || ![from, to, thread].some((each) => mutes.has(each));
  });
}

/** Of that, what an inbox that has shown so much has not; long before a session came, only what was said to itself. */
export function unread(model: Model, who: Who, shown: ModelShown): ModelMessage[] {
  const told = new Set(waiting(model, who).map(({ id }) => id));
  return unseen(model, who, shown).filter(({ request }) => request === undefined || !told.has(request));
}

function unseen(model: Model, who: Who, shown: ModelShown): ModelMessage[] {
  const since = model.session(who).came - DAY;
  const isOver = ({ id }: ModelMessage) =>
    [...model.requests, ...model.archived].some(
      (each) => each.message === id && (each.status !== "pending" || isVoid(model, each)),
    );
  return mail(model, who).filter(
    (each) => (each.to === who || each.at > since) && !isShown(shown, each.id) && !isOver(each),
  );
}

export function isShown({ ids, upTo }: ModelShown, id: string): boolean {
  return id <= upTo || ids.has(id);
}

export const URGENCIES = ["urgent", "high", "normal"];

/** The most urgent first, and of those the oldest. */
export function mostUrgent({ priority: a, at, id }: ModelMessage, other: ModelMessage): number {
  return (
    URGENCIES.indexOf(a) - URGENCIES.indexOf(other.priority) || at - other.at || (id < other.id ? -1 : 1)
  );
}

/**
 * The inbox shows some messages, and all requests that wait. What was shown a day before the newest is settled, and so is
 * all that is older, up to the first that still waits to be read.
 */
export function show(model: Model, who: Who, messages: readonly ModelMessage[]): void {
  const session = model.session(who);
  const ids = new Set([...session.shown.ids, ...messages.map(({ id }) => id)]);
  for (const { message } of waiting(model, who)) ids.add(message);
  const { upTo } = session.shown;
  const isWaiting = unseen(model, who, { ids, upTo }).map(({ id }) => id);
  const when = (id: string) => model.messages.find((message) => message.id === id)?.at ?? 0;
  const newest = Math.max(...[...ids].map(when));
  const isSettled = (id: string) => when(id) < newest - DAY && isWaiting.every((other) => id < other);
  session.shown = { ids, upTo: [...ids].filter(isSettled).sort().at(-1) ?? upTo };
  if (session.shown.upTo < upTo) session.shown.upTo = upTo;
}
