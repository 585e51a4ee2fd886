/** How a user, or the MCP server or a hook for the user, chooses and opens a hub. */
export interface HubOptions {
  /** A URL or path, as the user wrote it. Undefined: the hub of this project. */
  readonly hub?: string | undefined;
  /** The author's session, as the user wrote it. Undefined: the session that this terminal registered. */
  readonly as?: string | undefined;
  /** Does not connect to the hub: reads what this host last fetched, and queues writes. */
  readonly isOffline?: boolean | undefined;
  /** For how many seconds a write tries to land before it is queued. Undefined: DEFAULT_WRITE_SECONDS. */
  readonly seconds?: number | undefined;
  /** For how many seconds a fetched state counts as new. Undefined: each read fetches. */
  readonly freshFor?: number | undefined;
}

/** For how many seconds a write tries to land unless the user gives another number. */
export const DEFAULT_WRITE_SECONDS = 60;
