import { judgeInstant } from "../../domain/clock-ahead.ts";
import type { Settings } from "../../domain/hub/settings.ts";
import type { Trouble } from "../../domain/stored-operation.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { canRideAlong } from "../../domain/waiting.ts";
import { clockAhead } from "../hub/errors.ts";
import type { HubStore } from "../hub-store.ts";
import { type Ending, storedErrorOf } from "../outbox/ending.ts";
import { isDropped, mayBeWaitedFor, type OutboxEntry } from "../outbox/outbox.ts";

/** An operation that a clock ahead of the hub's made, and how it ends. */
export interface Ahead {
  readonly entry: OutboxEntry;
  readonly ending: Ending;
  readonly trouble: Trouble;
}

/**
 * Keeps operations from landing that are dated far after the time at the hub, because they would end the claims of others
 * and stay the newest for as long. The hub is asked for its time only about operations that are dated far after its newest
 * commit. Where it does not tell it, they land: an idle hub's newest commit proves nothing, and neither does a history,
 * because the other hosts' clocks may be behind.
 */
export class ClockGuard {
  readonly #clock: HubStore["clock"];
  /** Operations that may land. The writer may have offered them since, so that they are not refused later. */
  readonly #passed = new Set<string>();

  constructor({ clock }: HubStore) {
    this.#clock = clock;
  }

  /** Finds the operations of this host that must not land. `newest` is the date of the hub's newest commit. */
  async findAhead(
    entries: readonly OutboxEntry[],
    newest: Instant | undefined,
    settings: Settings,
  ): Promise<Ahead[]> {
    const open = entries.filter((each) => !this.#passed.has(each.operation.op) && !isDropped(each));
    const judge = ({ operation }: OutboxEntry, hubTime?: Instant) =>
      judgeInstant(operation.at, newest, hubTime, settings);
    const known = this.#clock.recall();
    const isAsked = open.some((each) => judge(each, known) !== "plausible");
    const hubTime = isAsked ? await this.#clock.ask() : known;
    const ahead = open.filter((each) => judge(each, hubTime) === "ahead");
    for (const each of open) if (!ahead.includes(each)) this.#passed.add(each.operation.op);
    return hubTime === undefined ? [] : ahead.map((entry) => refuse(entry, hubTime));
  }
}

function refuse(entry: OutboxEntry, hubTime: Instant): Ahead {
  const isWaitedFor = mayBeWaitedFor(entry);
  const error = clockAhead(entry.operation.at, hubTime, isWaitedFor);
  const { code, message, hint } = error;
  // A heartbeat without news is worth nothing once its time has come.
  const ending: Ending =
    !isWaitedFor && canRideAlong(entry.operation)
      ? { kind: "landed", commit: null, result: null, findings: [] }
      : { kind: "failed", fault: storedErrorOf(error) };
  return { entry, ending, trouble: { by: "hub", code, message, hint } };
}
