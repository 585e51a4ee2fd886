import fc from "fast-check";
import type { ReadMarks } from "../../src/domain/inbox/read-marks.ts";
import type { Operation } from "../../src/domain/operation.ts";
import type { Kind } from "../../src/domain/operations.ts";
import { Ulid } from "../../src/domain/values/ids.ts";
import { encodeUlidTime } from "../../src/domain/values/ulid.ts";
import { anOperation } from "../support/builders.ts";
import type { MemoryHub } from "./memory-hub.ts";
import { DAY, instant, type Model, type ModelSession, type Who } from "./model.ts";

/** What a verb comes to: the code of a refusal, `nothing`, or what it does to the model. */
type Verdict = string | ((result: unknown, op: string) => unknown);

/** One verb: how it is drawn, what it operations, and what has to become of it. */
export interface Verb<Args> {
  readonly kind: Kind;
  readonly args: fc.Arbitrary<Args>;
  attempt(model: Model, args: Args): { session: Who; input: unknown };
  /** `counted` is the registration that the operation counts on, if it is the session's own. */
  judge(model: Model, args: Args, session: Who, counted: string | undefined): Verdict;
}

/** Both sides of the comparison; the hosts of the real one know what their sessions' inboxes have shown. */
export interface Real {
  readonly hub: Pick<MemoryHub, "submit" | "snapshot">;
  readonly marks: Map<Who, ReadMarks>;
  ids: number;
}

/** How time passes before an act: mostly little, with the very seconds in which something ends among it. */
const SHORT = [0, 1, 1, 1, 1, 60, 60, 600, 901, 3600, 7200];
const LONG = [DAY, DAY + 1, 2 * DAY, 7 * DAY, 7 * DAY + 1, 30 * DAY, 30 * DAY + 1];
export const passing = fc.oneof(
  { arbitrary: fc.constantFrom(...SHORT), weight: 10 },
  { arbitrary: fc.constantFrom(...LONG), weight: 1 },
);

/** Whether the operation counts on the registration its session had, as sessions do whose name a tool gave. */
const counting = fc.constantFrom(...Array(24).fill("no"), "own", "own", "lost");

/** A verb as fast-check runs it: decided by the real rules and judged by the model, which have to agree. */
export function commandsOf<Args>(verb: Verb<Args>): fc.Arbitrary<fc.AsyncCommand<Model, Real>> {
  return fc.tuple(verb.args, passing, counting).map((drawn) => new Act(verb, ...drawn));
}

/** The same without a choice. */
export function actOf<Args>(verb: Verb<Args>, args: Args): fc.AsyncCommand<Model, Real> {
  return new Act(verb, args, 1, "no");
}

const LOST = "01KG9M2V0000000000000000ZZ";

class Act<Args> implements fc.AsyncCommand<Model, Real> {
  readonly #verb: Verb<Args>;
  readonly #args: Args;
  readonly #seconds: number;
  readonly #counts: string;

  constructor(verb: Verb<Args>, args: Args, seconds: number, counts: string) {
    this.#verb = verb;
    this.#args = args;
    this.#seconds = seconds;
    this.#counts = counts;
  }

  check(): boolean {
    return true;
  }

  async run(model: Model, real: Real): Promise<void> {
    model.now += this.#seconds;
    const { session, input } = this.#verb.attempt(model, this.#args);
    const own = this.#holder(model, session)?.registration;
    const registration = { own, lost: LOST }[this.#counts];
    const operation = anOperation(input, {
      kind: this.#verb.kind,
      session,
      op: nextId(model, real),
      at: instant(model.now),
    });
    const verdict =
      registration === undefined || registration === own
        ? this.#judge(model, session, registration)
        : "not_yours";
    const decision = await real.hub.submit(
      withEnvelope(operation, registration, real.marks.get(session)?.seen),
    );
    const expected = typeof verdict === "string" ? verdict : "change";
    const got = decision.kind === "refusal" ? decision.code : decision.kind;
    if (expected !== got) throw new Error(`${this}: expected ${expected}, got ${got}`);
    if (typeof verdict === "string" || decision.kind === "refusal") return;
    verdict(decision.result, operation.op);
    model.heard(session, !["heartbeat", "register", "leave"].includes(this.#verb.kind) && !isOfTool(input));
  }

  /** A retired session can do nothing but return. */
  #holder(model: Model, session: Who): ModelSession | undefined {
    const retired = this.#verb.kind === "register" ? model.retired.get(session) : undefined;
    return model.sessions.get(session) ?? retired;
  }

  /** A stranger may only register, and as a person tell; the bot is none. */
  #judge(model: Model, session: Who, counted: string | undefined): Verdict {
    const isKnown =
      model.sessions.has(session) || ["register", "expire", "retire", "tell"].includes(this.#verb.kind);
    return isKnown ? this.#verb.judge(model, this.#args, session, counted) : "not_registered";
  }

  toString(): string {
    return `${this.#verb.kind}(${JSON.stringify(this.#args)}) after ${this.#seconds} s, counting on ${this.#counts}`;
  }
}

/** Whether a session's tool says it: that is no work of the session. */
function isOfTool(input: unknown): boolean {
  return typeof input === "object" && input !== null && "by_tool" in input && input.by_tool === true;
}

function withEnvelope(
  operation: Operation,
  registration: string | undefined,
  read: Operation["read"],
): Operation {
  return {
    ...operation,
    ...(registration === undefined ? {} : { registration: Ulid.parse(registration) }),
    ...(read === undefined ? {} : { read }),
  };
}

/** Its last digits leave room for what one operation makes. */
function nextId(model: Model, real: Real): string {
  return `${encodeUlidTime(model.now * 1000)}${String(real.ids++).padStart(14, "0")}A0`;
}
