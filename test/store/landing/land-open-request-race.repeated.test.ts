import { expect, it } from "vitest";
import { openSandbox } from "../../support/git-sandbox.ts";
import { openHttpHub } from "../../support/http-hub.ts";
import { hubWith, sessionId } from "../../support/hub-with.ts";
import { times } from "../../support/times.ts";

const ROUNDS = times(20);
const [ASKER, ONE, OTHER] = ["session-1", "session-2", "session-3"] as const;

it.each(["path", "http://"])(
  "of two hosts that accept one open request, one gets it and the other learns which session has it, on a hub at %s",
  async (kind) => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, ASKER, ONE, OTHER);
    const address = kind === "path" ? hub : (await openHttpHub(sandbox)).url();
    const asker = await sandbox.hive(hub, sandbox.host("asker"));
    const hosts = await Promise.all(
      [ONE, OTHER].map(async (id) => ({ id, hive: await sandbox.hive(address, sandbox.host(`host-${id}`)) })),
    );
    for (let round = 0; round < ROUNDS; round++) {
      const input = { to_capability: "go", text: `Round ${round}`, urgency: "normal" } as const;
      const asked = await asker.submit("request", input, sessionId(ASKER));
      if (asked.kind !== "landed") throw new Error(`the request did not land: ${asked.kind}`);
      const request = asked.result.collaboration.request_id;
      const answers = await Promise.all(
        hosts.map(({ id, hive }) => hive.submit("accept", { request }, sessionId(id))),
      );
      expect(answers.map((answer) => answer.kind).sort()).toEqual(["landed", "refusal"]);
      const { state } = await asker.read(["collaborations"]);
      const holder = [...state.collaborations.values()].find(
        (each) => each.request_id === request,
      )?.to_session;
      expect(holder).toBe(answers[0]?.kind === "landed" ? ONE : OTHER);
      expect(answers.find((answer) => answer.kind === "refusal")).toMatchObject({
        code: "already_taken",
        message: `Cannot accept ${request}: ${holder} has held it since 2026-01-31T12:00:00Z.`,
      });
    }
    const accepts = (await sandbox.history(hub)).filter((entry) => entry.kind === "accept");
    expect(accepts).toHaveLength(ROUNDS);
  },
);
