import type { Workplace } from "../app/workplace/workplace.ts";
import { markShown } from "../domain/inbox/mark-shown.ts";
import { joinReceipt } from "../domain/inbox/read-marks.ts";
import type { Collaboration } from "../domain/requests/collaboration.ts";

/** Notes on this host that the author has read the request that it answered: its announcement is no news any more. */
export async function markAnswered(
  { hive, identity }: Pick<Workplace, "hive" | "identity">,
  request: Collaboration,
): Promise<void> {
  const { session } = identity();
  const { state } = await hive.recall(["sessions", "messages", "collaborations"]);
  const marks = joinReceipt(hive.marks.load(session), state.sessions.get(session));
  const after = markShown(state, session, marks, { messages: [], requests: [request] }, true);
  if (JSON.stringify(after) !== JSON.stringify(marks)) hive.keepMarks(session, after);
}
