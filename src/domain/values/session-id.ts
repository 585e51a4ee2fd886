import type { $brand } from "zod/mini";

/** A session's id: its schema, with what makes one, is in ids.ts. */
export type SessionId = string & $brand<"SessionId">;

const SHAPE = /^(?=.{2,64}$)[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Names that a file system, YAML or JavaScript reads as something else, and `all`, which addresses everyone. */
const RESERVED =
  /^(?:con|prn|aux|nul|com\d|lpt\d|head|true|false|null|yes|no|on|off|constructor|prototype|all|\d+|\d+e\d+)$/;

/** Whether a text may name a session, and so become a file name on every platform. */
export function isSessionId(text: string): text is SessionId {
  return SHAPE.test(text) && !RESERVED.test(text);
}

/** Who signs what no session asked for: making a hub, importing one. */
export const BOT = "git-hive" as SessionId;
