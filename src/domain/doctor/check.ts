/** What one look came to. A `note` is worth knowing; what is `bad` needs somebody to act. */
export interface Check {
  readonly name: string;
  readonly state: "ok" | "note" | "bad";
  readonly message: string;
  readonly next: string | null;
}

/** What went wrong, and what to do about it. */
export interface Complaint {
  readonly message: string;
  readonly hint: string;
}

export function ok(name: string, message: string): Check {
  return { name, state: "ok", message, next: null };
}

export function note(name: string, message: string, next: string | null = null): Check {
  return { name, state: "note", message, next };
}

export function bad(name: string, message: string, next: string): Check {
  return { name, state: "bad", message, next };
}

/** The next step for all that can be mended here. */
export const REPAIR = "hive doctor --fix";
