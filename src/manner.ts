/**
 * How a hub is opened: `isOffline` never asks it; a write waits `seconds` for its landing before it is queued; what was
 * learned of it counts as new for `freshFor` seconds, so that who reads often asks it seldom.
 */
export interface Manner {
  readonly isOffline?: boolean | undefined;
  readonly seconds?: number | undefined;
  readonly freshFor?: number | undefined;
}

/** How long a write waits where nobody says. */
export const DEFAULT_SECONDS = 60;
