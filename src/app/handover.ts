import type { Refusal } from "../domain/refusal.ts";
import type { Bundle } from "../domain/requests/bundle.ts";
import type { Collaboration } from "../domain/requests/collaboration.ts";
import { type DraftedRequest, draftBundle } from "../domain/requests/draft-bundle.ts";
import { findRequest } from "../domain/requests/find.ts";
import { openHandoverOf } from "../domain/requests/handover.ts";
import { alreadyOffered } from "../domain/requests/handover-refusals.ts";
import { heldSince, isHeldBy } from "../domain/requests/holder.ts";
import { isOpen } from "../domain/requests/moves.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import type { RequestId, SessionId } from "../domain/values/ids.ts";
import { inOrderOf } from "../domain/values/order.ts";
import { toInstant } from "../domain/values/time.ts";
import type { World } from "../world.ts";
import { checkoutFacts } from "./workplace/project.ts";
import type { Workplace } from "./workplace/workplace.ts";

/** The draft of a handover. The goal comes from the request that is handed over. */
export interface HandoverDraft {
  readonly goal: string | undefined;
  readonly bundle: Bundle;
  /** The requests that the author has and that a handover of no request leaves with it. */
  readonly left: readonly Collaboration[];
}

/** How many of the hub's newest commits are searched for the session's own operations. */
const HISTORY_COMMITS = 200;
/** The longest goal, in characters. */
const MAX_GOAL_LENGTH = 4000;

/**
 * Drafts a handover from git and the hub for the author's work. Returns a refusal where the request does not
 * exist, or is offered already: the rules of older hubs let that pass, so it is refused before it is written. Throws HiveError.
 */
export async function draftHandover(
  world: World,
  { hive, identity }: Pick<Workplace, "hive" | "identity">,
  request: string | undefined,
): Promise<HandoverDraft | Refusal> {
  const { session } = identity();
  const [{ state }, { entries }] = [
    await hive.read(["settings", "sessions", "collaborations"]),
    await hive.history.entries([], HISTORY_COMMITS),
  ];
  const found = request === undefined ? undefined : findRequest(state, request);
  if (found !== undefined && "kind" in found) return found;
  const now = toInstant(world.now());
  const offered = found && openHandoverOf(found.collaboration, session, state, now);
  if (found && offered) return alreadyOffered(found.collaboration, offered);
  const goal = found?.collaboration.request.slice(0, MAX_GOAL_LENGTH).toWellFormed();
  const drafted = found && draftedRequest(found.collaboration, session, state);
  const profile = state.sessions.get(session);
  const since = drafted?.since ?? profile?.registered_at;
  const facts = await checkoutFacts(world, since);
  // Without it, what the session changed is not known.
  const known = since === undefined && facts ? { ...facts, subjects: [], changed: [], dirty: [] } : facts;
  const isLeft = (each: Collaboration) =>
    isHeldBy(each, session) && openHandoverOf(each, session, state, now) === undefined;
  return {
    goal,
    bundle: draftBundle({ profile, entries, undone: undoneIn(state) }, known, drafted),
    left:
      found === undefined
        ? [...state.collaborations.values()].filter(isLeft).sort(inOrderOf(({ request_id }) => request_id))
        : [],
  };
}

/** The requests that ended without what they ask for. */
function undoneIn({ collaborations }: Pick<Snapshot, "collaborations">): Set<RequestId> {
  const ended = [...collaborations.values()].filter((each) => !isOpen(each) && each.status !== "completed");
  return new Set(ended.map(({ request_id }) => request_id));
}

function draftedRequest(
  request: Collaboration,
  session: SessionId,
  { collaborations }: Pick<Snapshot, "collaborations">,
): DraftedRequest {
  const { request_id, created_at } = request;
  const held = [...collaborations.values()].filter((each) => isHeldBy(each, session));
  return { request_id, since: heldSince(request) ?? created_at, isOnly: held.length === 1 };
}
