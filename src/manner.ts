/** How a hub is opened: `isOffline` never asks it; a write waits `seconds` for its landing before it is queued. */
export interface Manner {
  readonly isOffline?: boolean | undefined;
  readonly seconds?: number | undefined;
}

/** How long a write waits where nobody says. */
export const DEFAULT_SECONDS = 60;
