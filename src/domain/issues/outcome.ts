import type { Collaboration } from "../requests/collaboration.ts";
import { EVIDENCE_LIMIT } from "../values/evidence.ts";
import { writeMark } from "./mark.ts";
import { codeSpan, fence } from "./markdown.ts";

/** What is said on a request's issue when the request has ended; one that is archived already says only that. */
export function describeOutcome(id: string, request: Collaboration | undefined): string {
  const mark = writeMark({ kind: "outcome", id });
  const last = request?.history.at(-1);
  if (!request || !last) return `${mark}\nThis request has ended; its record is in the hub's archive.`;
  const said = `${mark}\n\`${last.session}\`: ${request.status.replaceAll("_", " ")}, ${last.at}`;
  const evidence =
    request.evidence === undefined ? [] : [`Evidence: ${codeSpan(request.evidence, EVIDENCE_LIMIT)}`];
  const note = last.note === undefined ? [] : [fence(last.note, 8000)];
  return [said, ...evidence, ...note].join("\n\n");
}

/** A request that was done is completed on GitHub too; any other end is not planned. */
export function closingReason(request: Collaboration | undefined): "completed" | "not_planned" {
  return request?.status === "completed" ? "completed" : "not_planned";
}
