import type { Commands } from "./command.ts";
import { CARE } from "./table/care.ts";
import { RECORD } from "./table/record.ts";
import { SESSIONS } from "./table/sessions.ts";
import { TALK } from "./table/talk.ts";
import { TOOLS } from "./table/tools.ts";
import { WORK } from "./table/work.ts";

/** Every command in the order --help shows them; its file is loaded when it is called. */
export const COMMANDS: Commands = { ...SESSIONS, ...WORK, ...TALK, ...CARE, ...RECORD, ...TOOLS };
