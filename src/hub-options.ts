/** How a user, or an edge in the user's name, chooses a hub and opens it. */
export interface HubOptions {
  /** A URL or path, as the user spelled it. Undefined: the hub that this project has chosen. */
  readonly hub?: string | undefined;
  /** The session that acts, as the user spelled it. Undefined: the session that this terminal registered. */
  readonly as?: string | undefined;
  /** Never connects to the hub: reads what this host last fetched, and queues writes. */
  readonly isOffline?: boolean | undefined;
  /** How long a write waits for its landing before it is queued. Undefined: DEFAULT_SECONDS. */
  readonly seconds?: number | undefined;
  /** For how many seconds a state that was fetched counts as new. Undefined: each read asks the hub. */
  readonly freshFor?: number | undefined;
}

/** How many seconds a write waits for its landing unless the user says otherwise. */
export const DEFAULT_SECONDS = 60;
