import type { Collaboration, HistoryStep } from "../../domain/requests/collaboration.ts";
import { isVoid } from "../../domain/requests/handover.ts";
import { addresseeOf } from "../../domain/requests/holder.ts";
import { firstLine } from "../../domain/values/visible.ts";
import { renderBundle } from "./bundle.ts";
import { quote } from "./quoted.ts";
import type { Times } from "./times.ts";

/** What became of one request: how it stands, each of its steps with its note, and its handovers. */
export interface RequestStory {
  readonly request: Collaboration;
  /** The handovers of it, oldest first. */
  readonly handovers: readonly Collaboration[];
  /** Whether its text follows as a message. */
  readonly isTextShown: boolean;
}

export function renderStory({ request, handovers, isTextShown }: RequestStory, times: Times): string[] {
  const { request_id, from_session, urgency, created_at, deadline, evidence, handoff, history } = request;
  const until = deadline === undefined ? "" : `, ${times.until(deadline)}`;
  const asked = `${from_session} asked ${firstAddressee(request)}, ${urgency}, ${times.ago(created_at)}${until}`;
  return [
    `${request_id} is ${inWords(request)}. ${asked}: ${firstLine(request.request, 60)}`,
    ...(isTextShown ? [] : quote(request.request)),
    ...(handoff === undefined ? [] : renderBundle(handoff)),
    ...history.flatMap((step, index) => [
      `  ${times.at(step.at)}  ${describeStep(step, index)}`,
      ...(step.note === undefined ? [] : quote(step.note)),
    ]),
    ...(evidence === undefined ? [] : ["  Evidence:", ...quote(evidence)]),
    ...handovers.map((each) => describeHandover(each, request, times)),
  ];
}

/** `in progress, with session-1`, `pending` or `completed`. */
function inWords({ status, to_session }: Collaboration): string {
  const words = status.replaceAll("_", " ");
  const isHeld = status === "accepted" || status === "in_progress";
  return isHeld && to_session !== null ? `${words}, with ${to_session}` : words;
}

/** Whom the request was for when it was made. */
function firstAddressee(request: Collaboration): string {
  const { to_capability, handoff, history } = request;
  if (to_capability !== undefined || handoff?.open === true)
    return addresseeOf({ ...request, to_session: null });
  const left = history.flatMap(({ taken_from, returned_from }) => taken_from ?? returned_from ?? []);
  return left[0] ?? addresseeOf(request);
}

/** `session-1 accepted`, `session-3 took it over from session-1 by collab-1763229251-k3f9`. */
function describeStep(step: HistoryStep, index: number): string {
  const { session, status, declined, taken_from, returned_from, retired, handoff } = step;
  if (retired !== undefined) return `${session} ended it, because ${retired} was retired`;
  if (declined) return `${session} declined, and it stayed open`;
  if (taken_from !== undefined)
    return `${session} took it over from ${taken_from}${handoff === undefined ? "" : ` by ${handoff}`}`;
  if (returned_from !== undefined)
    return returned_from === session
      ? `${session} gave it back`
      : `${session} took it back from ${returned_from}`;
  return `${session} ${status === "pending" && index > 0 ? "made it pending" : DID[status]}`;
}

const DID: Readonly<Record<HistoryStep["status"], string>> = {
  pending: "asked",
  accepted: "accepted",
  in_progress: "started",
  completed: "completed",
  declined: "declined",
  cancelled: "cancelled",
  expired: "wrote down that it expired",
};

function describeHandover(handover: Collaboration, request: Collaboration, times: Times): string {
  const { request_id, from_session, status, updated_at } = handover;
  const collaborations = new Map([[request.request_id, request]]);
  const state = isVoid(handover, { collaborations }) ? "void" : status.replaceAll("_", " ");
  return `Handover ${request_id} by ${from_session} to ${addresseeOf(handover)} is ${state}, ${times.ago(updated_at)}`;
}
