import type { FileChange } from "./decision.ts";
import { REGISTRY_PATH } from "./hub/layout.ts";
import type { Operation } from "./operation.ts";
import type { WaitingOperation } from "./stored-operation.ts";
import type { SessionId, Ulid } from "./values/ids.ts";
import type { Instant } from "./values/instant.ts";
import { BOT } from "./values/session-id.ts";
import { ulidTime } from "./values/ulid.ts";
import { firstLine } from "./values/visible.ts";

/**
 * An operation that has not landed, and why it waits:
 * 1. unsent: the next command sends it;
 * 2. riding: a heartbeat that goes with this host's next push;
 * 3. sending: a command is sending it now;
 * 4. refused by the hub: `hive sync` tries again;
 * 5. refused by the rules: it will not land, and is kept to be shown.
 */
export interface Waiting {
  readonly op: Ulid;
  readonly kind: string;
  readonly session: SessionId;
  readonly at: Instant;
  readonly state: "unsent" | "riding" | "sending" | "refused by the hub" | "refused by the rules";
  readonly why: string | null;
  /** Whom or what it is for: a session, all, a request, a claim. */
  readonly to?: string;
  /** The first words of its text. */
  readonly text?: string;
}

/** The fields that say whom or what an operation is for, and those that hold its text, the first that is there. */
const FOR = ["to", "to_capability", "request", "message", "session", "target", "claim", "skill"];
const TEXT = ["text", "goal", "note", "work", "hours"];
const TEXT_WIDTH = 60;

/** Whom or what an operation is for, and the first words of its text, as far as it has them. */
export function gistOf({ kind, input }: Pick<Operation, "kind" | "input">): Pick<Waiting, "to" | "text"> {
  const fields = new Map<string, unknown>(Object.entries(input ?? {}));
  const patterns = fields.get("patterns");
  const to =
    kind === "broadcast"
      ? "all"
      : (textIn(fields, FOR) ?? (Array.isArray(patterns) ? patterns.join(", ") : undefined));
  const text = textIn(fields, TEXT);
  return {
    ...(to === undefined ? {} : { to: firstLine(to, TEXT_WIDTH) }),
    ...(text === undefined ? {} : { text: firstLine(text, TEXT_WIDTH) }),
  };
}

function textIn(fields: ReadonlyMap<string, unknown>, names: readonly string[]): string | undefined {
  return names.map((name) => fields.get(name)).find((value) => typeof value === "string");
}

/** Whether an operation can wait for its host's next push: true for a heartbeat without news of its session. */
export function canRideAlong({ kind, input }: Operation): boolean {
  if (kind !== "heartbeat") return false;
  return Object.entries(input ?? {}).every(([key, value]) => value === undefined || key === "worked");
}

/**
 * Whether a heartbeat's files change the state of its session, as when it comes back from offline or its pause is over.
 * The registry shows the states; what a session has read, which may ride along too, is not in it.
 */
export function changesState(files: readonly Pick<FileChange, "path">[]): boolean {
  return files.some(({ path }) => path === REGISTRY_PATH);
}

/** Operations that act on the whole hub. Only the host whose user asked for one lands it, with its own rights. */
const HUB_WIDE = new Set(["init", "import", "workflows", "expire", "retire"]);

/**
 * Whether an operation may be published for other hosts to land. A host that lands it does so with its own access to
 * the hub, so the operation must not do what only that access allows.
 */
export function mayBePublished({ kind, session }: Pick<Operation, "kind" | "session">): boolean {
  return !HUB_WIDE.has(kind) && session !== BOT;
}

/** How far the instant of another host's operation may be from its id, and ahead of this host's clock. */
const MAX_CLOCK_DIFFERENCE_MS = 300_000;

/**
 * The published operations of another host that this host may land, in their order. An operation's instant must agree
 * with its id and must not be in the future, because it decides which claims have lapsed and which sessions are alive.
 * After an operation that is left out, the later ones of its session are left out too.
 */
export function carriable(waiting: readonly WaitingOperation[], nowMs: number): WaitingOperation[] {
  const leftOut = new Set<string>();
  return waiting.filter(({ operation }) => {
    if (!mayBeCarried(operation, nowMs)) leftOut.add(operation.session);
    return !leftOut.has(operation.session);
  });
}

function mayBeCarried(operation: Operation, nowMs: number): boolean {
  const at = Date.parse(operation.at);
  return (
    mayBePublished(operation) &&
    Math.abs(at - ulidTime(operation.op)) <= MAX_CLOCK_DIFFERENCE_MS &&
    at - nowMs <= MAX_CLOCK_DIFFERENCE_MS
  );
}
