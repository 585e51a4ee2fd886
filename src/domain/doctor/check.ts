/** The result of one check. A `note` is worth knowing; `bad` needs action. */
export interface Check {
  readonly name: string;
  readonly state: "ok" | "note" | "bad";
  readonly message: string;
  readonly next: string | null;
}

/** What is wrong, and what to do next. */
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

/** The next step for everything that `hive doctor` can repair. */
export const REPAIR = "hive doctor --fix";
