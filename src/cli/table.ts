import type { Commands } from "./command.ts";
import { CARE } from "./table/hub.ts";
import { RECORD } from "./table/record.ts";
import { SESSIONS } from "./table/sessions.ts";
import { TALK } from "./table/messages.ts";
import { TOOLS } from "./table/tools.ts";
import { WORK } from "./table/requests.ts";

/** Every command in the order --help shows them; its file is loaded when it is called. */
export const COMMANDS: Commands = { ...SESSIONS, ...WORK, ...TALK, ...CARE, ...RECORD, ...TOOLS };
