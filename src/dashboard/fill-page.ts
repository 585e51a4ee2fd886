import type { Dashboard } from "../domain/dashboard/dashboard.ts";
import { encode } from "../domain/values/visible.ts";
import { PAGE } from "./page.html";

/** Where the page has its state. */
const PLACE = '"%state%"';

/** Where the page has the past. */
const PAST_PLACE = 'data-steps="0">%past%';

/** What was before the state, packed: `Past` as JSON, by gzip, in Base64. */
export interface PackedPast {
  readonly steps: number;
  readonly packed: string;
}

/** The page that shows a state. The state stands in it as JSON, in which no character can end the element around it. */
export function fillPage(state: Dashboard, past: PackedPast = { steps: 0, packed: "" }): string {
  const json = encode(state).replaceAll(/[<>&]/g, (mark) => `\\u00${mark.charCodeAt(0).toString(16)}`);
  return PAGE.replace(PAST_PLACE, () => `data-steps="${past.steps}">${past.packed}`).replace(
    PLACE,
    () => json,
  );
}

/** Whether a text is a page of ours, however old: only such a file may be written over. */
export function isPage(text: string): boolean {
  return text.startsWith("<!doctype html>") && text.slice(0, MARK_WITHIN).includes(MARK);
}

const MARK = '<meta name="generator" content="git-hive dashboard">';

/** The mark stands in the first lines. */
export const MARK_WITHIN = 1024;
