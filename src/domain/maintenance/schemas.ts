import { Claim } from "../claims/claim.ts";
import { Settings } from "../hub/settings.ts";
import { Taxonomy } from "../hub/taxonomy.ts";
import { Message } from "../messages/message.ts";
import { Collaboration } from "../requests/collaboration.ts";
import { Heartbeat, Profile, Registry, Retired } from "../sessions/session.ts";
import * as z from "../values/z.ts";

const SCHEMAS = {
  settings: Settings,
  taxonomy: Taxonomy,
  registry: Registry,
  retired: Retired,
  session: Profile,
  heartbeat: Heartbeat,
  collaboration: Collaboration,
  claim: Claim,
  message: Message,
};

/**
 * The JSON Schemas of the hub's files, by name. They describe what a writer may write, before defaults are filled in.
 */
export function jsonSchemas(): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(SCHEMAS).map(([name, schema]) => [
      name,
      { title: `git-hive ${name}`, ...z.toJSONSchema(schema, { io: "input" }) },
    ]),
  );
}
