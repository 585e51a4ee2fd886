import fc from "fast-check";
import { Ulid } from "../../src/domain/ids.ts";
import type { Operation } from "../../src/domain/operation.ts";
import { encodeUlidTime } from "../../src/domain/ulid-time.ts";
import { aWish } from "../support/builders.ts";
import type { MemoryHub } from "./memory-hub.ts";

/*
 * What git-hive promises of each verb, told a second time from its documentation and in the plainest way: it shares
 * no rule with src/domain/.
 */

export const SESSIONS = ["session-1", "session-2", "session-3", "session-10"] as const;
export type Who = (typeof SESSIONS)[number] | "git-hive";

export interface ModelRequest {
  id: string;
  from: Who;
  to: Who;
  status: string;
  /** When it was made and when it last moved, in seconds. */
  made: number;
  moved: number;
}

/** The plain state that a hub is held against. Times are seconds since 1970. */
export class Model {
  now = Date.parse("2026-01-31T12:00:00Z") / 1000;
  readonly registered = new Map<Who, { seen: number; offline: boolean }>();
  requests: ModelRequest[] = [];
  archived: ModelRequest[] = [];
  messages = 0;

  isRegistered(who: Who): boolean {
    return this.registered.has(who);
  }

  /** A request by its place in the list of all; undefined where there are not so many. */
  request(nth: number): ModelRequest | undefined {
    return this.requests[nth % Math.max(1, this.requests.length)];
  }
}

/** What a verb comes to: the code of a refusal, or what it does to the model. */
export type Verdict = string | ((result: unknown) => void);

/** One verb: how it is drawn, what it wishes, and what has to become of it. */
export interface Verb<Args> {
  readonly kind: string;
  readonly args: fc.Arbitrary<Args>;
  wish(model: Model, args: Args): { session: Who; input: unknown };
  judge(model: Model, args: Args): Verdict;
}

/** Both sides of the comparison. */
export interface Real {
  readonly hub: MemoryHub;
  ids: number;
}

const DAY = 86_400;

/** A verb as fast-check runs it: wished on the real rules and judged by the model, which have to agree. */
export function commandsOf<Args>(verb: Verb<Args>): fc.Arbitrary<fc.AsyncCommand<Model, Real>> {
  return fc
    .tuple(
      verb.args,
      fc.nat({ max: 3 }).map((index) => [1, 60, 3600, 4 * DAY][index] ?? 1),
    )
    .map(([args, seconds]) => new Act(verb, args, seconds));
}

class Act<Args> implements fc.AsyncCommand<Model, Real> {
  readonly #verb: Verb<Args>;
  readonly #args: Args;
  readonly #seconds: number;

  constructor(verb: Verb<Args>, args: Args, seconds: number) {
    this.#verb = verb;
    this.#args = args;
    this.#seconds = seconds;
  }

  check(): boolean {
    return true;
  }

  async run(model: Model, real: Real): Promise<void> {
    model.now += this.#seconds;
    const { session, input } = this.#verb.wish(model, this.#args);
    const operation = operationOf(this.#verb.kind, session, input, model.now, real.ids++);
    const verdict = judge(model, session, this.#verb, this.#args);
    const decision = await real.hub.submit(operation);
    const [expected, got] = [
      typeof verdict === "string" ? verdict : "done",
      decision.kind === "refusal" ? decision.code : "done",
    ];
    if (expected !== got) throw new Error(`${this}: expected ${expected}, got ${got}`);
    if (typeof verdict === "string" || decision.kind === "refusal") return;
    verdict(decision.result);
    const known = model.registered.get(session);
    if (decision.kind === "change" && known)
      model.registered.set(session, { seen: model.now, offline: false });
  }

  toString(): string {
    return `${this.#verb.kind}(${JSON.stringify(this.#args)}) after ${this.#seconds} s`;
  }
}

/** A stranger may only register. */
function judge<Args>(model: Model, session: Who, verb: Verb<Args>, args: Args): Verdict {
  const isKnown = model.isRegistered(session) || ["register", "expire"].includes(verb.kind);
  return isKnown ? verb.judge(model, args) : "not_registered";
}

function operationOf(kind: string, session: Who, input: unknown, now: number, nth: number): Operation {
  const at = new Date(now * 1000).toISOString().replace(".000", "");
  const op = Ulid.parse(`${encodeUlidTime(now * 1000)}${String(nth).padStart(16, "0")}`);
  return aWish(input, { op, kind, session, at });
}
