import type { Collaboration, HistoryStep } from "../requests/collaboration.ts";
import type { Held, HubFault, HubFiles } from "./hub-files.ts";

/**
 * Finds requests and handovers that disagree. A request taken over through a handover must match it: the same
 * request, the same earlier holder, the same new holder. An accepted handover must have handed over its request.
 */
export function trueHandovers({ collaborations, archived, unread }: HubFiles): HubFault[] {
  const all = new Map([...collaborations, ...archived].map((held) => [held.value.request_id, held.value]));
  const unreadNames = new Set([...unread].map((path) => path.slice(path.lastIndexOf("/") + 1)));
  const find = (id: Collaboration["request_id"]) =>
    unreadNames.has(`${id}.json`) ? ("unread" as const) : all.get(id);
  return [...collaborations, ...archived].flatMap((held) => [
    ...wrongTakings(held, find),
    ...missingTaking(held, find),
  ]);
}

type FindRequest = (id: Collaboration["request_id"]) => Collaboration | "unread" | undefined;

function wrongTakings({ path, value }: Held<Collaboration>, find: FindRequest): HubFault[] {
  return value.history.flatMap((step, index) => {
    if (step.taken_from === undefined || step.handoff === undefined) return [];
    const handover = find(step.handoff);
    if (handover === "unread" || (handover && isHandoverOf(value, step, handover))) return [];
    const message = `taken over by ${step.handoff}, which hands over another request; expected a handover of ${value.request_id} to ${step.session}`;
    return [{ path, rule: "handoff", message, key: ["history", index, "handoff"] }];
  });
}

function isHandoverOf({ request_id }: Collaboration, step: HistoryStep, handover: Collaboration): boolean {
  const accepted = handover.history.find(({ status }) => status === "accepted");
  return (
    handover.handoff?.request === request_id &&
    handover.from_session === step.taken_from &&
    accepted?.session === step.session
  );
}

function missingTaking({ path, value }: Held<Collaboration>, find: FindRequest): HubFault[] {
  const { handoff, history, request_id } = value;
  if (handoff?.request === undefined || !history.some(({ status }) => status === "accepted")) return [];
  const request = find(handoff.request);
  if (request === "unread" || request?.history.some((step) => step.handoff === request_id)) return [];
  const message = `the handover was accepted, but ${handoff.request} was not handed over; expected both in one commit`;
  return [{ path, rule: "handoff", message, key: ["handoff", "request"] }];
}
