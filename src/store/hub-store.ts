import type { Step } from "../crash-points.ts";
import type { ObjectReader } from "./git/objects.ts";
import type { Host } from "./host/state-directory.ts";
import type { Pace } from "./hub/traffic.ts";
import type { MailMarks } from "./identity/mail-marks.ts";
import type { Outbox } from "./outbox/outbox.ts";
import type { Results } from "./outbox/results.ts";
import type { Roots } from "./reading/roots.ts";
import type { SnapshotReader } from "./reading/snapshot-reader.ts";
import type { Repository } from "./replica/repository.ts";

/** All that writing to one hub from this host needs. */
export interface Place {
  readonly repository: Repository;
  readonly objects: ObjectReader;
  readonly roots: Roots;
  readonly reader: SnapshotReader;
  readonly outbox: Outbox;
  readonly results: Results;
  readonly pace: Pace;
  readonly marks: MailMarks;
  readonly host: Host;
  /** The directory of the lock that makes one process of this host the writer. */
  readonly lock: string;
  /** By the host's clock, which may jump: for hints alone. */
  now(): number;
  /** Numbers from 0 to 1. */
  random(): number;
  reached(step: Step): void;
}
