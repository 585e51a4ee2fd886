import type { Call, MoveName, ShownRequest } from "./call.ts";

/*
 * What a history of calls comes to, told a second time: written from DESIGN §3, it shares nothing with src/domain/.
 */

/** From which status a move may be made, by whom, and what it appends. */
const TABLE: Readonly<
  Record<MoveName, readonly [from: string, by: "from_session" | "to_session", to: string]>
> = {
  accept: ["pending", "to_session", "accepted"],
  start: ["accepted", "to_session", "in_progress"],
  complete: ["accepted in_progress", "to_session", "completed"],
  decline: ["pending", "to_session", "declined"],
  cancel: ["pending accepted in_progress", "from_session", "cancelled"],
};

/** Why the rules refuse a move of a request, or undefined when they allow it. */
export function refusalOf(
  request: ShownRequest | undefined,
  move: MoveName,
  session: string,
): string | undefined {
  const [from, by] = TABLE[move];
  if (request === undefined) return "there is no such request";
  if (request[by] !== session) return `only ${request[by]} may ${move} it`;
  if (!from.split(" ").includes(request.status)) return `it is ${request.status}`;
  return undefined;
}

/** An operation as it stands in the history. */
export interface Step {
  readonly op: string;
  /** The instant of its commit, which is when its operation was made. */
  readonly at: string;
  readonly call: Call;
}

export class Fold {
  /** Each request's states, each with the number of operations after which it holds. */
  readonly states = new Map<string, { readonly after: number; readonly request: ShownRequest }[]>();
  #steps = 0;

  /** Applies the next operation of the history; what it did to which request, or why it was never legal. */
  apply({ op, at, call }: Step): ShownRequest | string | undefined {
    this.#steps++;
    const { input, session } = call;
    if (input.kind === "broadcast" || input.kind === "heartbeat") return undefined;
    if (input.kind === "request") return this.#put(open(this.#freeId(op, at), session, input, at));
    const request = this.at(input.request, this.#steps);
    const refusal = refusalOf(request, input.kind, session);
    if (refusal !== undefined || request === undefined) return refusal ?? "";
    const isSkipping = input.kind === "complete" && request.status === "accepted";
    const passed = [...(isSkipping ? ["in_progress"] : []), TABLE[input.kind][2]];
    const history = [...request.history, ...passed.map((status) => ({ status, session, at }))];
    return this.#put({ ...request, status: TABLE[input.kind][2], history });
  }

  /** A request after so many operations. */
  at(id: string, steps: number): ShownRequest | undefined {
    return this.states.get(id)?.findLast(({ after }) => after <= steps)?.request;
  }

  /** Every request at the end. */
  get requests(): Map<string, ShownRequest> {
    return new Map(
      [...this.states].flatMap(([id, states]) => states.slice(-1).map((last) => [id, last.request])),
    );
  }

  #put(request: ShownRequest): ShownRequest {
    const states = this.states.get(request.request_id) ?? [];
    this.states.set(request.request_id, [...states, { after: this.#steps, request }]);
    return request;
  }

  /** `collab-<epoch seconds>-<4 random>`, the random ones from the end of the operation's id, more of them if taken. */
  #freeId(op: string, at: string): string {
    const ids = [4, 8, 16].map(
      (length) => `collab-${Date.parse(at) / 1000}-${op.slice(-length).toLowerCase()}`,
    );
    return ids.find((id) => !this.states.has(id)) ?? "";
  }
}

function open(id: string, session: string, input: { to: string; text: string }, at: string): ShownRequest {
  return {
    request_id: id,
    from_session: session,
    to_session: input.to,
    request: input.text,
    status: "pending",
    history: [{ status: "pending", session, at }],
  };
}
