import type { Collaboration, Step } from "./collaboration.ts";
import type { SessionId } from "./ids.ts";
import { firstLine } from "./visible.ts";

/** Whether a request names no session: whoever accepts it first has it. */
export function isOpenToMany({ to_capability }: Pick<Collaboration, "to_capability">): boolean {
  return to_capability !== undefined;
}

/** Whose a request is after a step, from whose it was before; null as long as it is nobody's. */
export function holderAfter(holder: SessionId | null, { status, session }: Step): SessionId | null {
  return holder === null && status === "accepted" ? session : holder;
}

/** Whose a request was before a step of its history, as the steps themselves tell. */
export function holderBefore(request: Collaboration, index: number): SessionId | null {
  return request.history.slice(0, index).reduce(holderAfter, firstHolder(request));
}

function firstHolder(request: Collaboration): SessionId | null {
  return isOpenToMany(request) ? null : request.to_session;
}

/** Whom a request is for, in words: a session, or all those who may take it. */
export function addresseeOf({ to_session, to_capability }: Collaboration): string {
  return to_session ?? `whoever offers ${firstLine(to_capability ?? "help", 60)}`;
}
