import { describeEntry } from "../../domain/activity/describe-entry.ts";
import type { Dashboard } from "../../domain/dashboard/dashboard.ts";
import { dashboardOf, instantOf, type Past } from "../../domain/dashboard/past.ts";
import type { Instant } from "../../domain/values/instant.ts";

/** Shows what a hub was. The page loads this only when its reader goes back in time. */
export class Replay {
  readonly #past: Past;

  constructor(past: Past) {
    this.#past = past;
  }

  get steps(): number {
    return this.#past.steps.length;
  }

  /** The dashboard after so many of the steps. */
  at(count: number): Dashboard {
    return dashboardOf(this.#past, count);
  }

  /** When the last of so many steps was made, and what it did. */
  moment(count: number): { readonly at: Instant; readonly text: string } {
    const { base, steps } = this.#past;
    const step = steps[count - 1];
    const entries = step?.entries ?? base.entries.slice(0, 1);
    const [first] = entries;
    return {
      at: instantOf({ entries }) ?? base.at,
      text: first === undefined ? "" : `${describeEntry(first)}${entries.length > 1 ? ", and others" : ""}`,
    };
  }
}
