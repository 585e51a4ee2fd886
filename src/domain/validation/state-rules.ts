import type { Instant } from "../values/instant.ts";
import { boundedLeases, noOverlap } from "./claims.ts";
import { boardFromMessages, registryFromProfiles } from "./generated.ts";
import { trueHandovers } from "./handovers.ts";
import type { HubFault, HubFiles } from "./hub-files.ts";
import { nothingFromTheFuture, readableHours } from "./instants.ts";
import { distinctNames, ownAttributes, portableNames } from "./names.ts";
import { knownFormat, rightDates, rightPlaces } from "./places.ts";
import { knownReferences, uniqueIds } from "./references.ts";
import { endedInArchive, legalHistory } from "./requests.ts";

/** What holds between the files of a hub and no schema can say; each rule is one function of all of them. */
const STATE_RULES: readonly ((files: HubFiles, now: Instant) => HubFault[])[] = [
  portableNames,
  distinctNames,
  ownAttributes,
  rightPlaces,
  rightDates,
  knownFormat,
  nothingFromTheFuture,
  knownReferences,
  uniqueIds,
  legalHistory,
  trueHandovers,
  endedInArchive,
  readableHours,
  noOverlap,
  boundedLeases,
  registryFromProfiles,
  boardFromMessages,
];

/** Everything that the rules find wrong with a hub's files as they are now. */
export function checkState(files: HubFiles, now: Instant): HubFault[] {
  return STATE_RULES.flatMap((rule) => rule(files, now));
}
