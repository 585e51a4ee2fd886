import { isAbsolute } from "node:path";
import { readCachedView } from "../app/workplace/cached-view.ts";
import { inbox } from "../domain/inbox/inbox.ts";
import { joinReceipt } from "../domain/inbox/read-marks.ts";
import { sync } from "../domain/sessions/overview.ts";
import { toInstant } from "../domain/values/time.ts";
import type { HubOptions } from "../hub-options.ts";
import type { World } from "../world.ts";

/** For how many milliseconds the tool may take to write its session on stdin. */
const STDIN_MS = 100;

export interface StatusLine {
  readonly alive: number;
  /** Undefined where the session is not known. */
  readonly unread?: number;
  /** How many sessions wait for their human. */
  readonly needs: number;
}

/** Counts the alive sessions, the unread messages and the sessions that wait for their human, from this host's files alone. Undefined where no hub is set up. */
export async function statusLine(world: World, options: HubOptions): Promise<StatusLine | undefined> {
  const view = await readCachedView(worldOfTool(await world.readInputWithin(STDIN_MS), world), options);
  if (view === undefined) return undefined;
  const { state, session, marks } = view;
  const now = toInstant(world.now());
  const { sessions } = sync(state, now);
  const alive = sessions.filter(({ presence }) => presence === "alive").length;
  const needs = sessions.filter((each) => each.needs !== null).length;
  if (session === undefined) return { alive, needs };
  const known = joinReceipt(marks, state.sessions.get(session));
  return { alive, unread: inbox(state, session, known, now).unread, needs };
}

/** Renders the line. A number of unread messages or waiting sessions that is zero is left out. */
export function renderStatusLine({ alive, unread, needs }: StatusLine): string {
  return [`hive ${alive}●`, ...(unread ? [`${unread}✉`] : []), ...(needs > 0 ? [`${needs}?`] : [])].join(" ");
}

/** Returns the world with the session and the working directory that a tool, such as Claude Code, writes on stdin. */
function worldOfTool(text: string, world: World): World {
  const { session_id, cwd } = readObject(text);
  const env =
    typeof session_id === "string" ? { ...world.env, CLAUDE_CODE_SESSION_ID: session_id } : world.env;
  const directory = typeof cwd === "string" && isAbsolute(cwd) ? cwd : world.directory;
  return { ...world, env, directory };
}

function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Runs `hive statusline` without the start-up of other commands, because tools call it every few seconds. */
export async function runStatusLine(world: World): Promise<void> {
  const line = await statusLine(world, {});
  if (line !== undefined) world.out(`${renderStatusLine(line)}\n`);
}
