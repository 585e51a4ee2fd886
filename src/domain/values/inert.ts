import { firstLine } from "./visible.ts";

/** Marks that make a mention or a reference of what follows: `@team`, `#12`, `owner/repo#12`, `!12`, `GH-12`. */
const MARK = /@(?=\S)|[#!](?=\d)|\bGH-(?=\d)/gi;

/**
 * Foreign text without a mention and without a reference that could close an issue: a space stands after each mark.
 * The space is visible, so that a reader sees the change, and a copy has no hidden character.
 */
export function breakReferences(text: string): string {
  return text.replaceAll(MARK, "$& ");
}

/** The part of an issue's or a merge request's address before its number. */
const ISSUE_ADDRESS = /\/(?:issues|pulls?|pull-requests|merge_requests|work_items)\/(?=\d)/gi;
/** Words in brackets. The limit keeps the search linear; the words that systems look for are shorter. */
const BRACKETED = /\[([^[\]()]{1,64})\]/g;
const SKIPS = /skip|\bno[ _-]?ci\b/i;
const NO_CI = /\*{3}(no_ci)\*{3}/gi;
/** The key of a trailer by which GitHub leaves out checks. */
const CHECKS = /(skip|request)-(?=checks)/gi;

/**
 * Foreign text as one line of a commit message on which no forge and no workflow acts: it closes no issue, mentions no
 * user, and skips no run, as `[skip ci]` would. What needs an integration of its own, such as keys of Jira, is kept.
 */
export function commitLine(text: string): string {
  return breakReferences(firstLine(text, Number.POSITIVE_INFINITY))
    .replaceAll(ISSUE_ADDRESS, "$& ")
    .replaceAll(BRACKETED, (bracketed, words) => (SKIPS.test(words) ? `(${words})` : bracketed))
    .replaceAll(NO_CI, "($1)")
    .replaceAll(CHECKS, "$1 ");
}
