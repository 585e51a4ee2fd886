import type { Dashboard } from "../domain/dashboard/dashboard.ts";
import type { PackedPast } from "../domain/dashboard/past.ts";
import { encode } from "../domain/values/visible.ts";
import { PAGE } from "./page.html";

/** Where the page has its state. */
const PLACE = '"%state%"';

/** Where the page has the past. */
const PAST_PLACE = 'data-steps="0">%past%';

/** Where the page has what it may do at its server, and where its policy says what it may ask. */
const LIVE_PLACE = '"%live%"';
const CONNECT_PLACE = "connect-src 'none'";

/** A page that its server keeps up to date. */
interface Live {
  /** Whether its reader may act from it. */
  readonly writes: boolean;
}

interface Filling {
  readonly past?: PackedPast | undefined;
  readonly live?: Live | undefined;
}

/** The page that shows a state. The state stands in it as JSON, in which no character can end the element around it. */
export function fillPage(state: Dashboard, { past, live }: Filling = {}): string {
  const json = encode(state).replaceAll(/[<>&]/g, (mark) => `\\u00${mark.charCodeAt(0).toString(16)}`);
  return PAGE.replace(PAST_PLACE, () => `data-steps="${past?.steps ?? 0}">${past?.packed ?? ""}`)
    .replace(CONNECT_PLACE, live === undefined ? CONNECT_PLACE : "connect-src 'self'")
    .replace(LIVE_PLACE, JSON.stringify(live ?? null))
    .replace(PLACE, () => json);
}

/** Whether a text is a page of ours, however old: only such a file may be written over. */
export function isPage(text: string): boolean {
  return text.startsWith("<!doctype html>") && text.slice(0, MARK_WITHIN).includes(MARK);
}

const MARK = '<meta name="generator" content="git-hive dashboard">';

/** The mark stands in the first lines. */
export const MARK_WITHIN = 1024;
