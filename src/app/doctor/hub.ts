import { bad, type Check, type Complaint, note } from "../../domain/doctor/check.ts";
import { judgeClock } from "../../domain/doctor/clock.ts";
import { halfListed, judgeAttributes, judgeFiles } from "../../domain/doctor/files.ts";
import { judgeHub, judgePush } from "../../domain/doctor/hub.ts";
import { judgeIdentity } from "../../domain/doctor/identity.ts";
import { type Health, isBroken } from "../../domain/doctor/repository.ts";
import { judgeSessions } from "../../domain/doctor/sessions.ts";
import { retiredSession } from "../../domain/sessions/retired.ts";
import { toInstant } from "../../domain/values/time.ts";
import type { HiveError } from "../../errors.ts";
import { asHiveError } from "../../errors.ts";
import { projectOf } from "../../store/checkout/checkout.ts";
import { isDriverInstalled } from "../../store/checkout/merge-driver.ts";
import { readHistory } from "../../store/git/history.ts";
import { hubDamage } from "../../store/health/hub-damage.ts";
import { pushTrouble } from "../../store/health/push-rights.ts";
import { locationOf, showAddress } from "../../store/hub/address.ts";
import { notAHub } from "../../store/hub/errors.ts";
import type { HubStore } from "../../store/hub-store.ts";
import { openHubStore } from "../../store/hub-store.ts";
import { isHub, type Root } from "../../store/reading/listing.ts";
import { type DoctorSubject, identityOf } from "./subject.ts";

/** All parts of a hub, so that every file is read. */
const PARTS = [
  "settings",
  "taxonomy",
  "registry",
  "retired",
  "sessions",
  "heartbeats",
  "collaborations",
  "claims",
  "messages",
] as const;

/** How many of the newest commits are compared with this host's clock. */
const CLOCK_COMMITS = 50;

/** Examines the hub through its repository, which must be intact. Fetches unless offline, and never writes to the hub. */
export async function examineHub(subject: DoctorSubject): Promise<Check[]> {
  const { world, host, address, options } = subject;
  try {
    const store = await openHubStore(world, host, address, options.seconds);
    try {
      return await examineStore(subject, store);
    } finally {
      store.objects.close();
    }
  } catch (error) {
    const { message, hint } = asHiveError(error);
    return [judgeIdentity(identityOf(subject), undefined), bad("hub", message, hint)];
  }
}

/** Returns the checks of a hub that cannot be examined because its repository on this host is broken, or cannot be read. */
export function skipHub(subject: DoctorSubject, health: Health): Check[] {
  const { address } = subject;
  const hub =
    address.kind === "path"
      ? []
      : [judgeHub(showAddress(address), isBroken(health) ? "unasked" : "unreadable")];
  return [judgeIdentity(identityOf(subject), undefined), ...hub];
}

async function examineStore(subject: DoctorSubject, store: HubStore): Promise<Check[]> {
  const isOffline = subject.options.isOffline === true;
  const unreachable = isOffline ? undefined : await refresh(store);
  const root = store.roots.newest();
  const exists = isHub(root);
  const trouble =
    unreachable ?? (exists ? undefined : (hubDamage(store.repository) ?? notAHub(store.repository.address)));
  const hubChecks = isOffline ? offlineChecks(exists) : await onlineChecks(store, root, trouble);
  return [
    ...hubChecks,
    ...(exists && store.repository.away() === undefined
      ? await examineFiles(subject, store, root)
      : [judgeIdentity(identityOf(subject), undefined)]),
  ];
}

/** Fetches the branch, and sends nothing from the outbox. Returns the error where the hub cannot be reached. */
async function refresh({ repository, traffic }: HubStore): Promise<HiveError | undefined> {
  try {
    await repository.refresh();
    if (!repository.isHub) {
      traffic.stateSeen();
      traffic.save();
    }
    return undefined;
  } catch (error) {
    return asHiveError(error);
  }
}

function offlineChecks(exists: boolean): Check[] {
  return exists
    ? []
    : [note("hub", "This host has never fetched the hub.", "hive doctor, without --offline")];
}

async function onlineChecks(
  { repository }: HubStore,
  root: Root | undefined,
  trouble: Complaint | undefined,
): Promise<Check[]> {
  const name = showAddress(repository.address);
  const hub = judgeHub(name, trouble);
  // Without a hub that answers, push rights cannot be checked.
  if (trouble || root === undefined) return [hub];
  return [hub, judgePush(name, await pushTrouble(repository, root.commit))];
}

async function examineFiles(subject: DoctorSubject, store: HubStore, root: Root): Promise<Check[]> {
  const { state, findings } = await store.reader.read(root, PARTS);
  const identity = identityOf(subject);
  const isRegistered = "session" in identity ? state.sessions.has(identity.session) : undefined;
  const isRetired = "session" in identity && retiredSession(state.retired, identity.session) !== undefined;
  return [
    judgeIdentity(identity, isRegistered, isRetired),
    judgeFiles(findings, halfListed(state)),
    judgeSessions(state, toInstant(subject.world.now())),
    await checkClock(subject, store, root),
    await checkAttributes(subject, root),
  ];
}

/** Compares this host's clock, and the commits of its session, with the commits of other sessions. */
async function checkClock(
  subject: DoctorSubject,
  { repository, clock }: HubStore,
  { commit }: Root,
): Promise<Check> {
  const identity = identityOf(subject);
  const own = "session" in identity ? identity.session : undefined;
  const commits = readHistory(repository.git, commit, { limit: CLOCK_COMMITS });
  const dated = commits
    .filter(({ op }) => op !== null)
    .map(({ commit, session, at }) => ({ commit, session, at, isOwn: session === own }));
  const hubTime = subject.options.isOffline === true ? undefined : await clock.ask();
  return judgeClock(dated, toInstant(subject.world.now()), hubTime);
}

async function checkAttributes({ world, address }: DoctorSubject, { entries }: Root): Promise<Check> {
  const project = projectOf(world.directory);
  const facts = {
    areThere: entries.has(".gitattributes"),
    isDriverInstalled: await isDriverInstalled(project, locationOf(address), world.env),
  };
  return judgeAttributes(facts, showAddress(address));
}
