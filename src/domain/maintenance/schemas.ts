import { Claim } from "../claims/claim.ts";
import { Settings } from "../hub/settings.ts";
import { Taxonomy } from "../hub/taxonomy.ts";
import { Message } from "../messages/message.ts";
import { Collaboration } from "../requests/collaboration.ts";
import { Heartbeat, Profile, Registry } from "../sessions/session.ts";
import * as z from "../values/z.ts";

const FILES = {
  settings: Settings,
  taxonomy: Taxonomy,
  registry: Registry,
  session: Profile,
  heartbeat: Heartbeat,
  collaboration: Collaboration,
  claim: Claim,
  message: Message,
};

/** The hub's files as JSON Schema by name: what a writer may put, before defaults are filled in. */
export function jsonSchemas(): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(FILES).map(([name, schema]) => [
      name,
      { title: `git-hive ${name}`, ...z.toJSONSchema(schema, { io: "input" }) },
    ]),
  );
}
