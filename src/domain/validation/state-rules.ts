import type { Instant } from "../values/instant.ts";
import { boundedLeases, noOverlap } from "./claims.ts";
import { readableCounts } from "./counts.ts";
import { boardFromMessages, registryFromProfiles } from "./generated.ts";
import { trueHandovers } from "./handovers.ts";
import type { HubFault, HubFiles } from "./hub-files.ts";
import { nothingFromTheFuture, readableHours } from "./instants.ts";
import { distinctNames, ownAttributes, portableNames } from "./names.ts";
import { knownFormat, rightDates, rightPlaces } from "./places.ts";
import { knownReferences, uniqueIds } from "./references.ts";
import { endedInArchive, legalHistory } from "./requests.ts";
import { retiredOrRegistered } from "./retirements.ts";
import { knownStates } from "./states.ts";

/** The rules between the files of a hub, which no schema can express. Each rule is a function of all files. */
const STATE_RULES: readonly ((files: HubFiles, now: Instant) => HubFault[])[] = [
  readableCounts,
  portableNames,
  distinctNames,
  ownAttributes,
  rightPlaces,
  rightDates,
  knownFormat,
  nothingFromTheFuture,
  knownReferences,
  uniqueIds,
  retiredOrRegistered,
  legalHistory,
  trueHandovers,
  endedInArchive,
  readableHours,
  knownStates,
  noOverlap,
  boundedLeases,
  registryFromProfiles,
  boardFromMessages,
];

/** All faults that the rules find in a hub's files. */
export function checkState(files: HubFiles, now: Instant): HubFault[] {
  return STATE_RULES.flatMap((rule) => rule(files, now));
}
