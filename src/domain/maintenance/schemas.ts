import { Claim } from "./claim.ts";
import { Collaboration } from "./collaboration.ts";
import { Message } from "./message.ts";
import { Heartbeat, Profile, Registry } from "./session.ts";
import { Settings } from "./settings.ts";
import { Taxonomy } from "./taxonomy.ts";
import * as z from "./z.ts";

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
