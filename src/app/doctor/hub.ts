import { bad, type Check, type Complaint, note } from "../../domain/doctor/check.ts";
import { judgeClock } from "../../domain/doctor/clock.ts";
import { judgeAttributes, judgeFiles } from "../../domain/doctor/files.ts";
import { judgeHub, judgePush } from "../../domain/doctor/hub.ts";
import { judgeIdentity } from "../../domain/doctor/identity.ts";
import { toInstant } from "../../domain/values/time.ts";
import type { HiveError } from "../../errors.ts";
import { projectOf } from "../../store/checkout/checkout.ts";
import { isDriverInstalled } from "../../store/checkout/merge-driver.ts";
import { readHistory } from "../../store/git/history.ts";
import { pushTrouble } from "../../store/health/push-rights.ts";
import { locationOf, showAddress } from "../../store/hub/address.ts";
import { notAHub } from "../../store/hub/errors.ts";
import type { Place } from "../../store/hub-store.ts";
import { openPlace } from "../../store/hub-store.ts";
import { isHub, type Root } from "../../store/reading/listing.ts";
import { expected, identityOf, type Patient } from "./subject.ts";

/** All that lies in files, so that every one of them is read. */
const PARTS = [
  "settings",
  "taxonomy",
  "registry",
  "sessions",
  "heartbeats",
  "collaborations",
  "claims",
  "messages",
] as const;

/** So many of the newest commits tell by their dates how the clocks of the others go. */
const NEWEST = 20;

/** Looks at the hub through its repository, which has to be sound. Asks the hub unless offline, and never writes to it. */
export async function lookAtHub(patient: Patient): Promise<Check[]> {
  const { world, host, address, choice } = patient;
  try {
    const place = await openPlace(world, host, address, choice.seconds);
    try {
      return await lookInside(patient, place);
    } finally {
      place.objects.close();
    }
  } catch (error) {
    const { message, hint } = expected(error);
    return [judgeIdentity(identityOf(patient), undefined), bad("hub", message, hint)];
  }
}

/** What can be said of a hub that is not looked at, for the repository to do that with is broken. */
export function passOverHub(patient: Patient): Check[] {
  const { address } = patient;
  const hub = address.kind === "path" ? [] : [judgeHub(showAddress(address), "unasked")];
  return [judgeIdentity(identityOf(patient), undefined), ...hub];
}

async function lookInside(patient: Patient, place: Place): Promise<Check[]> {
  const isOffline = patient.choice.isOffline === true;
  const away = isOffline ? undefined : await refresh(place);
  const root = place.roots.newest();
  const isThere = isHub(root);
  const trouble = away ?? (isThere ? undefined : notAHub(place.repository.address));
  const asked = isOffline ? offlineChecks(isThere) : await askedChecks(place, root, trouble);
  return [
    ...asked,
    ...(isThere ? await lookAtFiles(patient, place, root) : [judgeIdentity(identityOf(patient), undefined)]),
  ];
}

/** Learns the branch, and sends nothing of what waits. */
async function refresh({ repository, pace }: Place): Promise<HiveError | undefined> {
  try {
    await repository.refresh();
    if (repository.ref === undefined) {
      pace.saw();
      pace.save();
    }
    return undefined;
  } catch (error) {
    return expected(error);
  }
}

function offlineChecks(isSeen: boolean): Check[] {
  return isSeen ? [] : [note("hub", "This host has not seen the hub yet.", "hive doctor, without --offline")];
}

async function askedChecks(
  { repository }: Place,
  root: Root | undefined,
  trouble: Complaint | undefined,
): Promise<Check[]> {
  const name = showAddress(repository.address);
  const hub = judgeHub(name, trouble);
  // Who cannot be asked was not asked that either.
  if (trouble || root === undefined) return [hub];
  return [hub, judgePush(name, await pushTrouble(repository, root.commit))];
}

async function lookAtFiles(patient: Patient, place: Place, root: Root): Promise<Check[]> {
  const { state, findings } = await place.reader.read(root, PARTS);
  const identity = identityOf(patient);
  const isRegistered = "session" in identity ? state.sessions.has(identity.session) : undefined;
  return [
    judgeIdentity(identity, isRegistered),
    judgeFiles(findings),
    lookAtClock(patient, place, root),
    await lookAtAttributes(patient, root),
  ];
}

/** Of the one who acts here, a date says nothing about two clocks. */
function lookAtClock(patient: Patient, { repository }: Place, { commit }: Root): Check {
  const identity = identityOf(patient);
  const own = "session" in identity ? identity.session : undefined;
  const commits = readHistory(repository.git, commit, { limit: NEWEST });
  const others = commits.filter(({ op, session }) => op !== null && session !== own);
  return judgeClock(others, toInstant(patient.world.now()));
}

async function lookAtAttributes({ world, address }: Patient, { entries }: Root): Promise<Check> {
  const project = projectOf(world.directory);
  const facts = {
    areThere: entries.has(".gitattributes"),
    isDriverInstalled: await isDriverInstalled(project, locationOf(address), world.env),
  };
  return judgeAttributes(facts, showAddress(address));
}
