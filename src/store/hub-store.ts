import { join } from "node:path";
import type { CrashPoint } from "../crash-points.ts";
import { projectOf } from "./checkout/checkout.ts";
import { ObjectReader } from "./git/objects.ts";
import type { Environment } from "./host/environment.ts";
import { describe, type Host } from "./host/state-directory.ts";
import { isSystemError, Unkept } from "./host/unkept.ts";
import { addressKey, type HubAddress } from "./hub/address.ts";
import { hubLocation, isIdKnown } from "./hub/location.ts";
import { HubTraffic } from "./hub/traffic.ts";
import { MailMarks } from "./identity/mail-marks.ts";
import { Outbox } from "./outbox/outbox.ts";
import { Results } from "./outbox/results.ts";
import { PartCache } from "./reading/part-cache.ts";
import { readRootFile } from "./reading/root-file.ts";
import { Roots } from "./reading/roots.ts";
import { SnapshotReader } from "./reading/snapshot-reader.ts";
import { refuseNoHub } from "./replica/away.ts";
import { BadOutboxes } from "./replica/bad-outboxes.ts";
import { HubClock } from "./replica/hub-clock.ts";
import { openReplica } from "./replica/replica.ts";
import type { Repository } from "./replica/repository.ts";
import { openEmbedded } from "./replica/repository.ts";

/** Everything that this host needs to read and write one hub. */
export interface HubStore {
  readonly repository: Repository;
  readonly objects: ObjectReader;
  readonly roots: Roots;
  readonly reader: SnapshotReader;
  readonly outbox: Outbox;
  readonly results: Results;
  readonly traffic: HubTraffic;
  /** The clock at the hub, where it can be read. */
  readonly clock: HubClock;
  readonly marks: MailMarks;
  readonly host: Host;
  /** The outboxes of other hosts that are left out. */
  readonly badOutboxes: BadOutboxes;
  /** What this process could not keep in the state directory. */
  readonly unkept: Unkept;
  /** The directory of the lock that makes one process of this host the writer. */
  readonly lock: string;
  /** The time of the host's clock. It may jump, so it is used only for hints. */
  now(): number;
  /** Returns a random number from 0 to 1. */
  random(): number;
  reached(step: CrashPoint): void;
}

interface Surroundings extends Pick<HubStore, "now" | "random" | "reached"> {
  readonly env: Environment;
  readonly directory: string;
}

/**
 * Opens the hub at an address. Creates the replica of a remote hub if it does not exist yet, in the directory `replica`
 * where one is given. A hub on this disk that this host knows is opened also while it is away.
 */
export async function openHubStore(
  { env, directory: caller, now, random, reached }: Surroundings,
  host: Host,
  address: HubAddress,
  seconds?: number,
  replica?: string,
): Promise<HubStore> {
  const { directory, repository: path, lock } = hubLocation(host, address);
  const isKnown = isIdKnown(host, address) || readRootFile(directory) !== undefined;
  if (address.kind === "path" && !isKnown) refuseNoHub(address.path);
  const idOfHost = () => host.id(random);
  const repository =
    address.kind === "path"
      ? openEmbedded(path, env, idOfHost)
      : await openReplica(replica ?? path, {
          address,
          project: projectOf(caller),
          environment: env,
          now,
          host: idOfHost,
          seconds,
        });
  const objects = new ObjectReader(repository.git);
  const unkept = new Unkept(host.directory);
  unkept.tolerate(() => describe(directory, addressKey(address)));
  await takeFormerOutbox(host, address, directory, now());
  return {
    repository,
    objects,
    roots: new Roots(repository, objects, directory, unkept),
    reader: new SnapshotReader(objects, new PartCache(join(directory, "parts"), unkept)),
    outbox: new Outbox(directory),
    results: new Results(directory),
    traffic: new HubTraffic(directory, now, unkept),
    clock: new HubClock(repository, seconds),
    marks: MailMarks.of(host, { address, directory }),
    unkept,
    lock,
    host,
    badOutboxes: new BadOutboxes(directory, now),
    now,
    random,
    reached,
  };
}

/** Takes what an older version, still running, has stored at the old place since the hub's files were moved. */
async function takeFormerOutbox(
  host: Host,
  address: HubAddress,
  directory: string,
  now: number,
): Promise<void> {
  const former = host.formerHubDirectory(addressKey(address));
  if (former === undefined) return;
  const { moveOutbox } = await import("./outbox/move-outbox.ts");
  await moveOutbox(former, directory, now).catch((error: unknown) => {
    if (!isSystemError(error)) throw error;
  });
}
