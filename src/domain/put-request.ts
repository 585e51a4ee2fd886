import { type FileChange, putRecord } from "./decision.ts";
import { collaborationPath } from "./hub/layout.ts";
import { Collaboration } from "./requests/collaboration.ts";

/** A new or changed request among those that are not archived. */
export function putRequest(request: Collaboration): FileChange {
  return putRecord(collaborationPath(request.request_id), Collaboration, request);
}
