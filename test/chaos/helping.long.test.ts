import { expect, it } from "vitest";
import type { CallInput } from "./call.ts";
import { openPair, useProgram } from "./open-chaos.ts";

const program = useProgram();
const say = (text: string): CallInput => ({ kind: "broadcast", text });

it("what its own host has refused, no other host lands later, although it was left on the hub to be carried", async () => {
  const { scene, http, first, second } = await openPair(program());
  const twin = scene.client("session-2", "a");
  const asked = await first.call({ kind: "request", to: "session-2", text: "help" });
  const request = asked.collaboration?.request_id ?? "";
  await second.call(say("here"));

  http.status = 503;
  const early = await second.call({ kind: "complete", request, text: "too early" });
  const waiting = await second.call(say("waiting"));
  http.status = undefined;
  expect([early.outcome, waiting.outcome]).toEqual(["queued", "queued"]);

  // The other host is ahead now, so the first push is refused, and the second one leaves on the hub what waits.
  await first.call(say("ahead"));
  expect((await second.call(say("behind"))).outcome).toBe("landed");
  const { operations } = await second.host.json<{ operations: object[] }>("outbox");
  expect(operations).toEqual([
    expect.objectContaining({ op: early.ops[0], state: expect.stringMatching(/^refused/) }),
  ]);

  expect((await twin.call({ kind: "accept", request, text: "now" })).outcome).toBe("landed");
  for (const text of ["one", "two", "three"]) await first.call(say(text));
  const { commits } = await scene.evidence();
  expect(commits.flatMap(({ ops }) => ops)).not.toContain(early.ops[0]);
});
