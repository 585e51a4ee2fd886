import { describe, expect, it } from "vitest";
import type { HttpHub } from "../support/http-hub.ts";
import { installHook } from "../support/server-hook.ts";
import { seeded } from "../support/test-world.ts";
import type { CallInput } from "./call.ts";
import { openPair, useProgram } from "./open-chaos.ts";
import type { Scene } from "./scene.ts";

const program = useProgram();

/** A fault, what a command may say while it lasts, and how it comes; what it gives ends it. */
type Fault = [what: string, says: Says, begin: (scene: Scene, http: HttpHub) => Promise<() => unknown>];
type Says = "landed" | "queued" | "landed or queued";

const say = (text: string): CallInput => ({ kind: "broadcast", text });

const FAULTS: Fault[] = [
  [
    "is down",
    "queued",
    async (_, http) => {
      await http.close();
      return () => http.listen();
    },
  ],
  [
    "is out of order",
    "queued",
    async (_, http) => {
      http.status = 503;
      return () => {
        http.status = undefined;
      };
    },
  ],
  ["is slow", "landed", async (_, http) => chance(http, { slow: 1, slowMs: 300 })],
  ["loses every third request", "landed or queued", async (_, http) => chance(http, { dropBefore: 0.33 })],
  ["loses every third reply", "landed or queued", async (_, http) => chance(http, { dropAfter: 0.33 })],
  [
    "is overloaded every third time",
    "landed or queued",
    async (_, http) => chance(http, { unavailable: 0.33 }),
  ],
  [
    "has a hook that declines",
    "queued",
    async ({ hub }) => {
      await installHook(hub, "pre-receive", "echo 'Ask ada first' >&2; exit 1");
      return () => installHook(hub, "pre-receive", "exit 0");
    },
  ],
  [
    "protects its branch and nothing else",
    "queued",
    async ({ hub }) => {
      await installHook(hub, "update", 'case "$1" in refs/heads/main) echo protected >&2; exit 1;; esac');
      return () => installHook(hub, "update", "exit 0");
    },
  ],
  [
    "takes nothing but its branch",
    "landed",
    async ({ hub }) => {
      await installHook(hub, "update", 'case "$1" in refs/heads/main) exit 0;; esac; exit 1');
      return () => installHook(hub, "update", "exit 0");
    },
  ],
];

async function chance(http: HttpHub, faults: Omit<NonNullable<HttpHub["faults"]>, "random">) {
  http.faults = { random: seeded("faults"), ...faults };
  return () => {
    http.faults = undefined;
  };
}

describe.each(FAULTS)("while the hub %s", (_, says, begin) => {
  it(`commands are ${says}, and every promise is kept`, async () => {
    const { scene, http, first, second } = await openPair(program());
    for (const client of [first, second]) await client.call(say(`${client.name} begins`));
    const end = await begin(scene, http);
    const during = await Promise.all(
      [first, second].map(async (client) => [
        (await client.call(say(`${client.name} speaks`))).outcome,
        (await client.call({ kind: "heartbeat", text: `${client.name} works` })).outcome,
      ]),
    );
    await end();
    expect(during.flat().filter((outcome) => !says.includes(outcome))).toEqual([]);
    expect((await second.call(say("after"))).outcome).toBe("landed");
    expect(await scene.verdict()).toEqual([]);
  });
});

it("a hub that takes a connection and says nothing holds a command up no longer than it was told to wait", async () => {
  const { scene, http, first } = await openPair(program());
  await first.call(say("before"));
  http.faults = { random: () => 0, slow: 1, slowMs: 600_000 };
  first.host.options = ["--timeout", "3"];
  const { outcome, began, ended } = await first.call(say("into the void"));
  http.faults = undefined;
  expect(outcome).toBe("queued");
  expect((ended - began) / 1e6).toBeLessThan(6);
  expect(await scene.verdict()).toEqual([]);
});
