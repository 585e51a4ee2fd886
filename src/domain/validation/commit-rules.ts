import { ownClaims } from "./claim-changes.ts";
import type { HubCommit } from "./commits.ts";
import type { HubFault } from "./hub-files.ts";
import { keepsId } from "./hub-id.ts";
import { kindInChanges } from "./kind-in-changes.ts";
import { authorInTrailers, generatedWithSource, ownArchive, ownMessages, ownProfiles } from "./owners.ts";
import { ownRequests } from "./request-changes.ts";
import { recordedRetirements } from "./retirements.ts";

/** The rules about permitted changes. Each rule is a function of one commit. */
const COMMIT_RULES: readonly ((commit: HubCommit) => HubFault[])[] = [
  authorInTrailers,
  kindInChanges,
  ownProfiles,
  recordedRetirements,
  ownMessages,
  ownRequests,
  ownClaims,
  ownArchive,
  generatedWithSource,
  keepsId,
];

/** All faults that the rules find in one commit. */
export function checkCommit(commit: HubCommit): HubFault[] {
  return COMMIT_RULES.flatMap((rule) => rule(commit));
}
