import type { $brand } from "zod/mini";

/** A session's id. Its schema is in ids.ts. */
export type SessionId = string & $brand<"SessionId">;

const ID_PATTERN = /^(?=.{2,64}$)[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Names that have another meaning in a file system, YAML or JavaScript, and `all`, which addresses every session. */
const RESERVED =
  /^(?:con|prn|aux|nul|com\d|lpt\d|head|true|false|null|yes|no|on|off|constructor|prototype|all|\d+|\d+e\d+)$/;

/** Whether a text may name a session and is safe as a file name on every platform. */
export function isSessionId(text: string): text is SessionId {
  return ID_PATTERN.test(text) && !RESERVED.test(text);
}

/** The author of operations that no session requested, such as making or importing a hub. */
export const BOT = "git-hive" as SessionId;
