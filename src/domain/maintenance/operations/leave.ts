import { sortClaims } from "../../claims/overlap.ts";
import { change, nothing, removeFile } from "../../decision.ts";
import { claimPath } from "../../hub/layout.ts";
import type { Message } from "../../messages/message.ts";
import { putMessages } from "../../messages/write.ts";
import { type Author, defineOperation } from "../../operation.ts";
import { notRegistered } from "../../refusal.ts";
import type { Collaboration } from "../../requests/collaboration.ts";
import { applyMove, giveBack, hasRoom, isOpen } from "../../requests/moves.ts";
import { putRequest } from "../../requests/new-request.ts";
import { isOverdue } from "../../requests/overdue.ts";
import { quoteWords } from "../../requests/words.ts";
import { workingHeartbeat } from "../../sessions/beat.ts";
import { withoutNeed } from "../../sessions/need.ts";
import { OFFLINE } from "../../sessions/presence.ts";
import { withState } from "../../sessions/state.ts";
import { putHeartbeat, putProfiles } from "../../sessions/write.ts";
import type { Snapshot } from "../../snapshot.ts";
import { inOrderOf, URGENCY_RANK } from "../../values/order.ts";
import { Note } from "../../values/text.ts";
import { ulidsFrom } from "../../values/ulid.ts";
import { firstLine } from "../../values/visible.ts";
import * as z from "../../values/z.ts";

type State = Pick<Snapshot, "settings" | "sessions" | "collaborations">;

/**
 * A session goes offline and keeps nothing from the others: its claims end, and the requests that it has accepted or that
 * wait for its answer are pending again, for any session. Their requesters are told. Its own requests stay.
 */
export const leave = defineOperation({
  kind: "leave",
  by: "registered",
  reads: ["settings", "sessions", "registry", "heartbeats", "collaborations", "claims", "messages"],
  input: z.object({ note: z.optional(Note) }),
  decide(state, { note }, by) {
    const profile = state.sessions.get(by.session);
    if (profile === undefined) return notRegistered(by.session);
    const previous = state.heartbeats.get(by.session);
    const claims = sortClaims(state.claims).filter(({ session }) => session === by.session);
    const had = requestsOf(state, by);
    const returned = had.map((request) => giveBack(request, { session: by.session, at: by.at, note }));
    const result = {
      session: by.session,
      released: claims.map(({ key }) => key),
      returned: returned.map(({ request_id }) => request_id),
    };
    if (previous?.status === OFFLINE && claims.length + had.length === 0) return nothing(result);
    const gone = { ...withState(withoutNeed(profile), OFFLINE), updated_at: by.at };
    const files = [
      ...putProfiles(state, [gone]),
      putHeartbeat(workingHeartbeat(gone, previous, by.at)),
      ...claims.map(({ key }) => removeFile(claimPath(key))),
      ...[...returned, ...endedHandovers(state, had, by)].map(putRequest),
      ...putMessages(state, notices(state, had, by)),
    ];
    return change(describe(by, result, note), files, result);
  },
});

/** The requests that a session has accepted or can answer, in the order of their ids. A full record stays as it is. */
function requestsOf({ settings, collaborations }: State, { session, at }: Author): Collaboration[] {
  const isLive = (request: Collaboration) => isOpen(request) && !isOverdue(request, settings, at);
  return [...collaborations.values()]
    .filter((request) => request.to_session === session && isLive(request) && hasRoom(request))
    .sort(inOrderOf(({ request_id }) => request_id));
}

/** The handovers of the session's requests that nobody has accepted, cancelled, because it no longer has what they hand over. */
function endedHandovers(
  { collaborations }: State,
  had: readonly Collaboration[],
  by: Author,
): Collaboration[] {
  const left = new Set<string>(had.map(({ request_id }) => request_id));
  return [...collaborations.values()]
    .filter(({ from_session, status, handoff }) => {
      return from_session === by.session && status === "pending" && left.has(handoff?.request ?? "");
    })
    .map((request) => applyMove(request, "cancel", { session: by.session, at: by.at }));
}

/** One message to each requester about all of its requests. Unregistered requesters get none. */
function notices({ sessions }: State, had: readonly Collaboration[], by: Author): Message[] {
  const requesters = [...new Set(had.map(({ from_session }) => from_session))].filter((id) =>
    sessions.has(id),
  );
  const ids = ulidsFrom(by.op, requesters.length);
  return requesters.flatMap((requester, index) => {
    const own = had.filter(({ from_session }) => from_session === requester);
    const [first] = [...own].sort((a, b) => URGENCY_RANK[a.urgency] - URGENCY_RANK[b.urgency]);
    if (first === undefined) return [];
    const { request_id, urgency } = first;
    const named = own.slice(0, MAX_NAMED).map((each) => `${each.request_id} ${quoteWords(each)}`.trim());
    const rest = own.length > MAX_NAMED ? ` and ${own.length - MAX_NAMED} more` : "";
    return [
      {
        ...{ id: ids[index] ?? by.op, from: by.session, to: requester, priority: urgency, sent_at: by.at },
        subject:
          own.length === 1 ? `Request ${request_id} is open again` : `${own.length} requests are open again`,
        request_id,
        body: `${by.session} left. Open again, for any session: ${named.join(", ")}${rest}.`,
      },
    ];
  });
}

/** How many requests a message names. */
const MAX_NAMED = 5;

function describe(
  { session }: Author,
  { released, returned }: { readonly released: readonly string[]; readonly returned: readonly string[] },
  note: string | undefined,
): string {
  const did = [
    ...(released.length > 0 ? [`releases ${released.join(", ")}`] : []),
    ...(returned.length > 0 ? [`gives back ${returned.join(", ")}`] : []),
  ];
  return firstLine([`leave ${session}`, ...did, ...(note === undefined ? [] : [note])].join(": "), 200);
}
