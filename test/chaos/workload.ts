import { CRASH_POINTS } from "../../src/crash-points.ts";
import { type Call, type CallInput, MOVES, type MoveName, type ShownRequest } from "./call.ts";
import type { Client } from "./client.ts";
import { COMPANIES, type Death } from "./process.ts";

type Random = () => number;

/** So many requests of the newest are moved along; older ones are left alone. */
const REMEMBERED = 24;
const ANSWERS: readonly MoveName[] = ["accept", "accept", "start", "complete", "decline"];

/** What the clients of a run do: they ask, tell, beat, and move requests along that some of them race for. */
export class Workload {
  readonly #sessions: readonly string[];
  #requests: readonly ShownRequest[] = [];
  #inputs = 0;

  constructor(sessions: readonly string[]) {
    this.#sessions = sessions;
  }

  /** What a client inputs next. Some of it the rules refuse: it is made, won or ended by somebody else already. */
  next(client: Client, random: Random): CallInput {
    const text = `${client.name} ${this.#inputs++}`;
    const { session } = client;
    const known = this.#requests.filter(({ from_session, to_session }) =>
      [from_session, to_session].includes(session),
    );
    const chance = random();
    if (chance < 0.5 && known.length > 0) return moveOf(pick(known, random), session, text, random);
    if (chance < 0.75) {
      const others = this.#sessions.filter((other) => other !== session);
      return { kind: "request", to: pick(others, random), text };
    }
    return { kind: chance < 0.9 ? "broadcast" : "heartbeat", text };
  }

  /** Takes in what a call came to, so that others can go on from there. */
  learn({ collaboration }: Call): void {
    if (collaboration === undefined) return;
    const { request_id } = collaboration;
    const others = this.#requests.filter((request) => request.request_id !== request_id);
    this.#requests = [...others, collaboration].slice(-REMEMBERED);
  }
}

function moveOf(
  { request_id, to_session }: ShownRequest,
  session: string,
  text: string,
  random: Random,
): CallInput {
  const isWild = random() < 0.1;
  const moves = isWild ? MOVES : session === to_session ? ANSWERS : (["cancel"] as const);
  return { kind: pick(moves, random), request: request_id, text };
}

/** Whether and how the next command dies: at a step, or within the time that a command usually takes. */
export function drawDeath(random: Random, share: number, usualMs: number): Death | undefined {
  if (random() >= share) return undefined;
  if (random() < 0.3) return { step: pick(CRASH_POINTS, random), nth: random() < 0.7 ? 1 : 2 };
  return { afterMs: Math.floor((0.1 + 0.9 * random()) * usualMs), who: pick(COMPANIES, random) };
}

function pick<Value>(values: readonly Value[], random: Random): Value {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error("there is nothing to pick from");
  return value;
}
