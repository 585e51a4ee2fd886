import { join } from "node:path";
import { ObjectReader } from "./git/objects.ts";
import type { Environment } from "./host/environment.ts";
import type { Host } from "./host/state-directory.ts";
import { addressKey, type HubAddress } from "./hub/address.ts";
import { Pace } from "./hub/traffic.ts";
import type { Place } from "./hub-store.ts";
import { MailMarks } from "./identity/mail-marks.ts";
import { Outbox } from "./outbox/outbox.ts";
import { Results } from "./outbox/results.ts";
import { PartCache } from "./reading/part-cache.ts";
import { Roots } from "./reading/roots.ts";
import { SnapshotReader } from "./reading/snapshot-reader.ts";
import { openReplica } from "./replica/replica.ts";
import { openEmbedded } from "./replica/repository.ts";

interface Surroundings extends Pick<Place, "now" | "random" | "reached"> {
  readonly env: Environment;
}

/** Opens the hub at an address as this host sees it; the replica of a remote one is made when it is not there yet. */
export async function openPlace(
  { env, now, random, reached }: Surroundings,
  host: Host,
  address: HubAddress,
  seconds?: number,
): Promise<Place> {
  const directory = host.hubDirectory(addressKey(address));
  const repository =
    address.kind === "path"
      ? openEmbedded(address.path, env)
      : await openReplica(address, join(directory, "replica.git"), env, seconds);
  const objects = new ObjectReader(repository.git);
  return {
    repository,
    objects,
    roots: new Roots(repository, objects, directory),
    reader: new SnapshotReader(objects, new PartCache(join(directory, "parts"))),
    outbox: new Outbox(directory),
    results: new Results(directory),
    pace: new Pace(directory, now),
    marks: new MailMarks(directory),
    lock: join(directory, "lock"),
    host,
    now,
    random,
    reached,
  };
}
