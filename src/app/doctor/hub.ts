import { bad, type Check, type Complaint, note } from "../../domain/doctor/check.ts";
import { judgeClock } from "../../domain/doctor/clock.ts";
import { judgeAttributes, judgeFiles } from "../../domain/doctor/files.ts";
import { judgeHub, judgePush } from "../../domain/doctor/hub.ts";
import { judgeIdentity } from "../../domain/doctor/identity.ts";
import { toInstant } from "../../domain/values/time.ts";
import type { HiveError } from "../../errors.ts";
import { expected } from "../../errors.ts";
import { projectOf } from "../../store/checkout/checkout.ts";
import { isDriverInstalled } from "../../store/checkout/merge-driver.ts";
import { readHistory } from "../../store/git/history.ts";
import { pushTrouble } from "../../store/health/push-rights.ts";
import { locationOf, showAddress } from "../../store/hub/address.ts";
import { notAHub } from "../../store/hub/errors.ts";
import type { HubStore } from "../../store/hub-store.ts";
import { openHubStore } from "../../store/hub-store.ts";
import { isHub, type Root } from "../../store/reading/listing.ts";
import { type DoctorSubject, identityOf } from "./subject.ts";

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
export async function examineHub(subject: DoctorSubject): Promise<Check[]> {
  const { world, host, address, options } = subject;
  try {
    const store = await openHubStore(world, host, address, options.seconds);
    try {
      return await lookInside(subject, store);
    } finally {
      store.objects.close();
    }
  } catch (error) {
    const { message, hint } = expected(error);
    return [judgeIdentity(identityOf(subject), undefined), bad("hub", message, hint)];
  }
}

/** What can be said of a hub that is not looked at, for the repository to do that with is broken. */
export function passOverHub(subject: DoctorSubject): Check[] {
  const { address } = subject;
  const hub = address.kind === "path" ? [] : [judgeHub(showAddress(address), "unasked")];
  return [judgeIdentity(identityOf(subject), undefined), ...hub];
}

async function lookInside(subject: DoctorSubject, store: HubStore): Promise<Check[]> {
  const isOffline = subject.options.isOffline === true;
  const away = isOffline ? undefined : await refresh(store);
  const root = store.roots.newest();
  const isThere = isHub(root);
  const trouble = away ?? (isThere ? undefined : notAHub(store.repository.address));
  const asked = isOffline ? offlineChecks(isThere) : await askedChecks(store, root, trouble);
  return [
    ...asked,
    ...(isThere ? await lookAtFiles(subject, store, root) : [judgeIdentity(identityOf(subject), undefined)]),
  ];
}

/** Learns the branch, and sends nothing of what waits. */
async function refresh({ repository, traffic }: HubStore): Promise<HiveError | undefined> {
  try {
    await repository.refresh();
    if (repository.ref === undefined) {
      traffic.stateSeen();
      traffic.save();
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
  { repository }: HubStore,
  root: Root | undefined,
  trouble: Complaint | undefined,
): Promise<Check[]> {
  const name = showAddress(repository.address);
  const hub = judgeHub(name, trouble);
  // Who cannot be asked was not asked that either.
  if (trouble || root === undefined) return [hub];
  return [hub, judgePush(name, await pushTrouble(repository, root.commit))];
}

async function lookAtFiles(subject: DoctorSubject, store: HubStore, root: Root): Promise<Check[]> {
  const { state, findings } = await store.reader.read(root, PARTS);
  const identity = identityOf(subject);
  const isRegistered = "session" in identity ? state.sessions.has(identity.session) : undefined;
  return [
    judgeIdentity(identity, isRegistered),
    judgeFiles(findings),
    lookAtClock(subject, store, root),
    await lookAtAttributes(subject, root),
  ];
}

/** Of the one who acts here, a date says nothing about two clocks. */
function lookAtClock(subject: DoctorSubject, { repository }: HubStore, { commit }: Root): Check {
  const identity = identityOf(subject);
  const own = "session" in identity ? identity.session : undefined;
  const commits = readHistory(repository.git, commit, { limit: NEWEST });
  const others = commits.filter(({ op, session }) => op !== null && session !== own);
  return judgeClock(others, toInstant(subject.world.now()));
}

async function lookAtAttributes({ world, address }: DoctorSubject, { entries }: Root): Promise<Check> {
  const project = projectOf(world.directory);
  const facts = {
    areThere: entries.has(".gitattributes"),
    isDriverInstalled: await isDriverInstalled(project, locationOf(address), world.env),
  };
  return judgeAttributes(facts, showAddress(address));
}
