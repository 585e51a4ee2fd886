import type { Host } from "./host.ts";
import type { MailMarks } from "./mail-marks.ts";
import type { ObjectReader } from "./objects.ts";
import type { Outbox } from "./outbox.ts";
import type { Pace } from "./pace.ts";
import type { Repository } from "./repository.ts";
import type { Results } from "./results.ts";
import type { Roots } from "./roots.ts";
import type { SnapshotReader } from "./snapshot-reader.ts";
import type { Step } from "./steps.ts";

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
