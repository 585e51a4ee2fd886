import type { Commands, Group } from "./command.ts";
import { CLAIMS } from "./table/claims.ts";
import { HUB } from "./table/hub.ts";
import { INTERNAL } from "./table/internal.ts";
import { MESSAGES } from "./table/messages.ts";
import { REQUESTS } from "./table/requests.ts";
import { SESSIONS } from "./table/sessions.ts";
import { SKILLS_AND_TIME } from "./table/skills-and-time.ts";
import { TOOLS } from "./table/tools.ts";

/** All commands, in the order of --help, docs/commands.md and the man page. */
export const GROUPS: readonly Group[] = [
  SESSIONS,
  REQUESTS,
  MESSAGES,
  CLAIMS,
  SKILLS_AND_TIME,
  HUB,
  TOOLS,
  INTERNAL,
];

/** All commands by name. A command's file is loaded when it is called. */
export const COMMANDS: Commands = Object.assign({}, ...GROUPS.map(({ commands }) => commands));

/** Returns the name of a command for any name by which people may call it; undefined for another word. */
export function commandNamed(word: string): string | undefined {
  if (Object.hasOwn(COMMANDS, word)) return word;
  return Object.entries(COMMANDS).find(([, { aliases }]) => aliases?.includes(word))?.[0];
}
