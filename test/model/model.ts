/*
 * What git-hive promises, told a second time from its documentation and in the plainest way: nothing here shares a rule
 * with src/domain/. Times are seconds since 1970.
 */

export const SESSIONS = ["session-1", "session-2", "session-3", "session-10"] as const;
export type Who = (typeof SESSIONS)[number] | "git-hive";

export const DAY = 86_400;

/** What a session's inbox has shown: these messages, and all up to the last one that was read long ago. */
export interface ModelShown {
  ids: Set<string>;
  upTo: string;
}

export interface ModelSkill {
  name: string;
  /** Where the session said more of it than its name. */
  offer?: { note: string | undefined; since: number; until: number | undefined };
}

export interface ModelSession {
  came: number;
  registration: string | undefined;
  /** Its last sign of life; undefined once it was silent for so long that it was written down. */
  seen: number | undefined;
  /** When it last worked; null where it has not since it came, undefined where that is not known. */
  worked: number | null | undefined;
  /** When it was written down as offline, if it was. */
  left: number | undefined;
  /** It was written down as offline, and nothing it said of itself since. */
  gone: boolean;
  state: string;
  until: number | undefined;
  work: string;
  /** The work from before a pause with a reason, which is its work until the pause ends. */
  workBefore: string | undefined;
  /** What it asks its human. */
  needs?: ModelNeed | undefined;
  hours: string | null;
  skills: ModelSkill[];
  follows: Set<string>;
  mutes: Set<string>;
  /** On its own host, and as far as the hub knows. */
  shown: ModelShown;
  read: ModelShown;
}

export interface ModelNeed {
  id: string;
  question: string;
  options: readonly string[] | undefined;
  byTool: true | undefined;
  since: number;
}

export interface ModelRequest {
  id: string;
  message: string;
  from: Who;
  /** Nobody, as long as an open one is not accepted. */
  to: Who | undefined;
  open: boolean;
  skill: string | undefined;
  urgency: string;
  status: string;
  deadline: number | undefined;
  evidence: string | undefined;
  /** The request that changes hands with it, where it is a handover of one. */
  carries: string | undefined;
  changedHands: boolean;
  declinedBy: Set<Who>;
  made: number;
  moved: number;
  /** When it last became pending again. */
  since?: number;
}

export interface ModelMessage {
  id: string;
  from: Who;
  /** `all`, a session, or a topic with its `#`. */
  to: string;
  priority: string;
  intent: string | undefined;
  thread: string;
  request: string | undefined;
  /** The question to a human that it answers, and whether a person who is no session wrote it. */
  answers?: string | undefined;
  person?: true | undefined;
  at: number;
}

export interface ModelClaim {
  id: string;
  key: string;
  targets: string[];
  project: string | undefined;
  who: Who;
  since: number;
  until: number;
}

/** The plain state that a hub is held against. */
export class Model {
  now = Date.parse("2026-01-31T12:00:00Z") / 1000;
  readonly sessions = new Map<Who, ModelSession>();
  requests: ModelRequest[] = [];
  archived: ModelRequest[] = [];
  readonly messages: ModelMessage[] = [];
  claims: ModelClaim[] = [];
  /** The sessions that are retired, as they were. */
  readonly retired = new Map<Who, ModelSession>();

  session(who: Who): ModelSession {
    const session = this.sessions.get(who);
    if (session === undefined) throw new Error(`${who} is not registered in the model`);
    return session;
  }

  /** One of the newest requests, or the newest in one of these statuses if there is one; undefined without any. */
  request(which: number | "fit", statuses: readonly string[]): ModelRequest | undefined {
    if (which === "fit")
      return this.requests.findLast(({ status }) => statuses.includes(status)) ?? this.requests.at(-1);
    return this.requests[this.requests.length - 1 - (which % Math.max(1, this.requests.length))];
  }

  /** Somebody who is there and is not any of these. */
  another(...others: (Who | undefined)[]): Who {
    return [...this.sessions.keys()].find((who) => !others.includes(who)) ?? "session-10";
  }

  message(nth: number): ModelMessage | undefined {
    return this.messages[this.messages.length - 1 - (nth % Math.max(1, this.messages.length))];
  }

  /** A message that begins a conversation, unless it says which one it is part of. */
  tell(message: Pick<ModelMessage, "id" | "from" | "to"> & Partial<ModelMessage>): void {
    const usual = { priority: "normal", intent: undefined, request: undefined };
    this.messages.push({ ...usual, thread: message.id, at: this.now, ...message });
  }

  /** What a session does that changes anything is a sign of life and of work, written down once a minute, with what it was shown. */
  heard(who: Who, works: boolean): void {
    const session = this.sessions.get(who);
    if (session === undefined) return;
    const isLate = (at: number | null | undefined) => at === undefined || at === null || this.now - at >= 60;
    const isBack = works && this.isOffline(who);
    if (isBack) Object.assign(session, { state: "active", until: undefined, gone: false });
    if (isBack || isLate(session.seen) || (works && isLate(session.worked))) {
      session.seen = this.now;
      if (works) session.worked = this.now;
    }
    session.read = { ids: new Set(session.shown.ids), upTo: session.shown.upTo };
  }

  /** What a session says of itself, as it holds now. */
  word(who: Who): { state: string; until: number | undefined } {
    const { gone, seen, state, until } = this.session(who);
    if (gone) return { state: seen === undefined ? "offline" : "active", until: undefined };
    return until !== undefined && until <= this.now
      ? { state: "active", until: undefined }
      : { state, until };
  }

  /** What a session does as it holds now: the reason of a pause that has ended is gone. */
  workOf(who: Who): string {
    const { work, workBefore } = this.session(who);
    return this.word(who).state === "paused" ? work : (workBefore ?? work);
  }

  /** It said so, for a while or not, or it was written down. */
  isOffline(who: Who): boolean {
    const { gone, state } = this.session(who);
    return gone || state === "offline";
  }

  /** Others may take what it has: it is offline, or it said nothing for two hours and is not away until later. */
  isSilent(who: Who): boolean {
    const { seen } = this.session(who);
    const { state, until } = this.word(who);
    const isAway = state === "paused" && until !== undefined && until > this.now;
    return this.presence(who) === "offline" || (!isAway && this.now - (seen ?? 0) > 7200);
  }

  presence(who: Who): string {
    const { seen } = this.session(who);
    if (seen === undefined || this.word(who).state === "offline" || this.now - seen > DAY) return "offline";
    return this.now - seen > 900 ? "stale" : "alive";
  }
}

/** Nobody answered for a week, or by the request's own deadline; anew since it became pending again. */
export function isLate({ now }: Model, { status, made, since = made, deadline }: ModelRequest): boolean {
  const due = deadline !== undefined && deadline > since ? deadline : since + 7 * DAY;
  return status === "pending" && now > due;
}

/** As git-hive writes an instant. */
export function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000", "");
}

/** The ids of what one operation makes: its own, and counted up from it. */
export function idsFrom(op: string, nth: number): string {
  return op.slice(0, -1) + ("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[nth] ?? "");
}
