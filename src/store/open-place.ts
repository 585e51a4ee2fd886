import { join } from "node:path";
import type { Environment } from "./hardening.ts";
import type { Host } from "./host.ts";
import { addressKey, type HubAddress } from "./hub-address.ts";
import { MailMarks } from "./mail-marks.ts";
import { ObjectReader } from "./objects.ts";
import { Outbox } from "./outbox.ts";
import { Pace } from "./pace.ts";
import { PartCache } from "./part-cache.ts";
import type { Place } from "./place.ts";
import { openReplica } from "./replica.ts";
import { openEmbedded } from "./repository.ts";
import { Results } from "./results.ts";
import { Roots } from "./roots.ts";
import { SnapshotReader } from "./snapshot-reader.ts";

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
