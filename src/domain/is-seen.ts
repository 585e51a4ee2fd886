import type { Collaboration } from "./requests/collaboration.ts";
import type { Profile } from "./sessions/session.ts";

/** Whether a session's inbox has shown it the message that tells a request, as its profile says; false where nobody can know. */
export function isSeen(
  { message_id }: Pick<Collaboration, "message_id">,
  profile: Pick<Profile, "read"> | undefined,
): boolean {
  const read = profile?.read;
  if (message_id === undefined || read === undefined) return false;
  return message_id <= read.until || read.also.includes(message_id);
}
