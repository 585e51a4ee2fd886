import { describe, expect, it } from "vitest";
import { CRASH_POINTS } from "../../src/crash-points.ts";
import { openHttpHub } from "../support/http-hub.ts";
import { Sandbox } from "../support/sandbox.ts";
import { seeded } from "../support/test-world.ts";
import type { CallInput } from "./call.ts";
import type { Client } from "./client.ts";
import type { ChaosFinding } from "./finding.ts";
import { useProgram } from "./open-chaos.ts";
import { COMPANIES, type Death } from "./process.ts";
import { openScene } from "./scene.ts";

/**
 * How long the next command may take after a kill: it needs no repair. A lock that git left in a hub on this disk is
 * watched for four seconds before it goes, and the machine is busy.
 */
const SOON_MS = 12_000;
const RANDOM_KILLS = 115;

const program = useProgram();

/** Every kill of this file, by what it was. */
const kills: Death[] = [];

/** One hub whose clients are killed again and again: what came of it. */
class Lane {
  readonly findings: ChaosFinding[] = [];
  /** How long a command takes that nobody kills. */
  usualMs = 200;
  rounds = 0;
  readonly #open: string[] = [];

  /** Has the victim die at its next command, and a neighbour on its host run the next one; whether it died. */
  async round({ victim, neighbour }: Clients, death: Death): Promise<boolean> {
    const text = `round ${this.rounds}`;
    const { outcome } = await victim.call(this.#input(text), death);
    if (outcome === "killed") kills.push(death);
    const next = await neighbour.call({ kind: "request", to: victim.session, text: `after ${text}` });
    const took = (next.ended - next.began) / 1000;
    if (next.collaboration) this.#open.push(next.collaboration.request_id);
    if (next.outcome !== "landed" || took > SOON_MS)
      this.findings.push({
        rule: "next command",
        detail: `${JSON.stringify(death)}, then ${next.outcome} after ${took} ms: ${next.said}`,
      });
    this.usualMs += (Math.min(took, 1000) - this.usualMs) / 10;
    return outcome === "killed";
  }

  #input(text: string): CallInput {
    const request = this.#open.shift();
    const inputs: CallInput[] = [
      { kind: "broadcast", text },
      { kind: "heartbeat", text },
      request === undefined ? { kind: "broadcast", text } : { kind: "accept", request, text },
      { kind: "request", to: "session-2", text },
    ];
    return inputs[this.rounds++ % inputs.length] ?? { kind: "broadcast", text };
  }
}

/** `victim` and `neighbour` share a host; `rival` works on another one. */
interface Clients {
  readonly victim: Client;
  readonly neighbour: Client;
  readonly rival: Client;
}

async function runLane(
  isHttp: boolean,
  kill: (lane: Lane, clients: Clients) => Promise<void>,
): Promise<ChaosFinding[]> {
  const sandbox = new Sandbox();
  try {
    const http = isHttp ? await openHttpHub(sandbox) : undefined;
    const scene = await openScene(sandbox, program(), http?.url(), ["session-1", "session-2", "session-3"]);
    const lane = new Lane();
    const [victim, neighbour] = [scene.client("session-1", "a"), scene.client("session-2", "a")];
    await kill(lane, { victim, neighbour, rival: scene.client("session-3", "b") });
    return [...lane.findings, ...(await scene.verdict())];
  } finally {
    await sandbox.close();
  }
}

describe.each([
  ["on this disk", false],
  ["behind HTTP", true],
])("on a hub %s, killed", (_, isHttp) => {
  it("at each step in turn, a command keeps every promise and leaves nothing to repair", async () => {
    const lanes = [0, 1].map((half) =>
      runLane(isHttp, async (lane, clients) => {
        for (const step of CRASH_POINTS.filter((__, index) => index % 2 === half))
          for (const nth of [1, 1, 1, 1, 2]) {
            // What the victim's host knows is old then, so that its first push is refused and it takes every step.
            await clients.rival.call({ kind: "broadcast", text: `before ${step} ${lane.rounds}` });
            await lane.round(clients, { step, nth });
          }
      }),
    );
    expect((await Promise.all(lanes)).flat()).toEqual([]);
  }, 300_000);

  it("at any moment, alone or with its children, a command keeps every promise and leaves nothing to repair", async () => {
    const lanes = ["one", "two"].map((name) =>
      runLane(isHttp, async (lane, clients) => {
        const random = seeded(`${name} ${isHttp}`);
        for (let killed = 0; killed < RANDOM_KILLS / 2; ) {
          const who = COMPANIES[Math.floor(random() * COMPANIES.length)] ?? "alone";
          const afterMs = Math.round((0.25 + 0.75 * random()) * lane.usualMs);
          if (await lane.round(clients, { afterMs, who })) killed++;
        }
      }),
    );
    expect((await Promise.all(lanes)).flat()).toEqual([]);
  }, 300_000);
});

it("more than three hundred commands were killed, and at every step there is", () => {
  const steps = new Set(kills.flatMap((death) => ("step" in death ? [death.step] : [])));
  expect([...steps].sort()).toEqual([...CRASH_POINTS].sort());
  expect(kills.length).toBeGreaterThanOrEqual(300);
});
