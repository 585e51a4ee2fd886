import { describe, expect, it } from "vitest";
import type { CallInput } from "./call.ts";
import { check } from "./checker.ts";
import type { Client } from "./client.ts";
import { openPair, useProgram } from "./open-chaos.ts";

const program = useProgram();
const DAY_MS = 86_400_000;
const say = (text: string): CallInput => ({ kind: "broadcast", text });

describe("clocks that are wrong by a day and jump", () => {
  /** A write by a clock ahead of the server's is refused; one by a clock behind lands. */
  const answerTo = ({ host }: Client) =>
    host.clock > 0
      ? {
          outcome: "failed",
          code: 1,
          said: expect.stringMatching(/"clock_ahead".* is 24h ahead of the hub: here it is .*, at the hub /s),
        }
      : { outcome: "landed" };

  it("change no promise and no order", async () => {
    const { scene, first, second } = await openPair(program());
    for (const hours of [0, 24, -24, 24, 0]) {
      first.host.clock = (hours * DAY_MS) / 24;
      second.host.clock = -first.host.clock;
      for (const client of [first, second]) {
        expect(await client.call(say(`${client.name} at ${hours}`))).toMatchObject(answerTo(client));
        await client.call({ kind: "heartbeat", text: `${client.name} at ${hours}` });
      }
      const input: CallInput = { kind: "request", to: second.session, text: `help at ${hours}` };
      const asked = await first.call(input);
      expect(asked).toMatchObject(answerTo(first));
      const request = asked.collaboration?.request_id;
      if (request !== undefined)
        expect(await second.call({ kind: "accept", request, text: "yes" })).toMatchObject(answerTo(second));
    }
    expect(await scene.verdict()).toEqual([]);
  });

  it("keep what waits in the order in which it was made, until its time has come", async () => {
    const { scene, http, first } = await openPair(program());
    await first.call(say("before"));
    http.status = 503;
    for (const days of [1, 0, -1, 1]) {
      first.host.clock = days * DAY_MS;
      await first.call(say(`waiting at ${days}`));
    }
    http.status = undefined;
    http.time = Date.now() + DAY_MS;
    expect(await scene.verdict()).toEqual([]);
  });
});

describe("a hub whose branch is set back by force", () => {
  it("takes what comes next once, and none of what was removed", async () => {
    const { scene, first, second } = await openPair(program());
    const kept = await first.call(say("kept"));
    const removed = [await second.call(say("removed")), await first.call(say("removed too"))];
    await scene.sandbox.git(scene.hub, "update-ref", "refs/heads/main", kept.commit ?? "");
    for (const client of [first, second])
      expect(await client.call(say(`${client.name} goes on`))).toMatchObject({ outcome: "landed" });
    const evidence = await scene.evidence();
    const calls = evidence.calls.filter(({ ops }) => !removed.some((call) => call.ops[0] === ops[0]));
    expect(check({ ...evidence, calls })).toEqual([]);
  });
});
