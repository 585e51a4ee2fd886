import type { Collaboration } from "../requests/collaboration.ts";
import { EVIDENCE_LIMIT } from "../values/evidence.ts";
import { writeMark } from "./mark.ts";
import { codeSpan, fence } from "./markdown.ts";

/**
 * The closing comment on the issue of an ended request. For an archived request it says only that the request has
 * ended.
 */
export function describeOutcome(id: string, request: Collaboration | undefined): string {
  const mark = writeMark({ kind: "outcome", id });
  const last = request?.history.at(-1);
  if (!request || !last) return `${mark}\nThis request has ended; its record is in the hub's archive.`;
  const result = `${mark}\n\`${last.session}\`: ${request.status.replaceAll("_", " ")}, ${last.at}`;
  const evidence =
    request.evidence === undefined ? [] : [`Evidence: ${codeSpan(request.evidence, EVIDENCE_LIMIT)}`];
  const note = last.note === undefined ? [] : [fence(last.note, 8000)];
  return [result, ...evidence, ...note].join("\n\n");
}

/** The reason for closing the issue. Only a completed request is `completed`; any other end is `not_planned`. */
export function closingReason(request: Collaboration | undefined): "completed" | "not_planned" {
  return request?.status === "completed" ? "completed" : "not_planned";
}
