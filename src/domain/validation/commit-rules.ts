import { ownClaims } from "./claim-changes.ts";
import type { HubCommit } from "./commits.ts";
import type { HubFault } from "./hub-files.ts";
import { generatedWithSource, honestAuthor, ownArchive, ownMessages, ownProfiles } from "./owners.ts";
import { ownRequests } from "./request-changes.ts";

/** Who may change what; each rule is one function of one commit. */
const COMMIT_RULES: readonly ((commit: HubCommit) => HubFault[])[] = [
  honestAuthor,
  ownProfiles,
  ownMessages,
  ownRequests,
  ownClaims,
  ownArchive,
  generatedWithSource,
];

/** Everything that the rules find wrong with what one commit did. */
export function checkCommit(commit: HubCommit): HubFault[] {
  return COMMIT_RULES.flatMap((rule) => rule(commit));
}
