import { describe, expect, it } from "vitest";
import type { Hive } from "../../../src/app/hive/hive.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { openHttpHub } from "../../support/http-hub.ts";
import { askForHelp, hubWith, say, sessionId } from "../../support/hub-with.ts";
import type { Sandbox } from "../../support/sandbox.ts";

const SESSION = "session-1";

/**
 * Checks that every operation is in the branch once, that the commits are a chain, and that every object is valid.
 */
async function expectEachOnce(sandbox: Sandbox, hub: string, ops: readonly string[]): Promise<void> {
  const entries = await sandbox.history(hub);
  const landed = entries.slice(-ops.length).map(({ op }) => op);
  expect(landed.sort()).toEqual([...ops].sort());
  expect(entries.map(({ parents }) => parents)).toEqual([
    [],
    ...entries.slice(0, -1).map(({ commit }) => [commit]),
  ]);
  await sandbox.fsck(hub);
}

function hostsOf(sandbox: Sandbox, address: string, count: number): Promise<Hive[]> {
  const names = Array.from({ length: count }, (_, index) => `host-${index}`);
  return Promise.all(names.map((name) => sandbox.hive(address, sandbox.host(name))));
}

describe("broadcasts at the same time all land, each once", () => {
  it("from hosts that push to one hub", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, SESSION);
    const hives = await hostsOf(sandbox, (await openHttpHub(sandbox)).url(), 4);
    const sent = await Promise.all(hives.map((hive, index) => say(hive, SESSION, `number ${index}`)));
    await expectEachOnce(
      sandbox,
      hub,
      sent.map(({ op }) => op),
    );
  });

  it("from one process that pushes to one hub", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, SESSION);
    const hive = await sandbox.hive((await openHttpHub(sandbox)).url());
    const sent = await Promise.all(
      Array.from({ length: 4 }, (_, index) => say(hive, SESSION, `number ${index}`)),
    );
    await expectEachOnce(
      sandbox,
      hub,
      sent.map(({ op }) => op),
    );
  });

  it("from hosts that write to a hub on their disk", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, SESSION);
    const hives = await hostsOf(sandbox, hub, 8);
    const sent = await Promise.all(hives.map((hive, index) => say(hive, SESSION, `number ${index}`)));
    await expectEachOnce(
      sandbox,
      hub,
      sent.map(({ op }) => op),
    );
  });

  it("from one process that writes to a hub on its disk", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, SESSION);
    const hive = await sandbox.hive(hub);
    const sent = await Promise.all(
      Array.from({ length: 8 }, (_, index) => say(hive, SESSION, `number ${index}`)),
    );
    await expectEachOnce(
      sandbox,
      hub,
      sent.map(({ op }) => op),
    );
  });

  it("from processes of one host without a replica", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, SESSION);
    const address = (await openHttpHub(sandbox)).url();
    const sent = await Promise.all(
      Array.from({ length: 4 }, async (_, index) =>
        say(await sandbox.hive(address), SESSION, `number ${index}`),
      ),
    );
    await expectEachOnce(
      sandbox,
      hub,
      sent.map(({ op }) => op),
    );
  });
});

describe("of two hosts that accept one request, one wins and the other learns which session has it", () => {
  const refusal = {
    kind: "refusal",
    code: "illegal_move",
    message: expect.stringMatching(
      /^Cannot accept collab-\S+: it is accepted, by session-1 since 2026-01-31T12:00:00Z\.$/,
    ),
  };

  it.each(["path", "http://"])("in every round, on a hub at %s", async (kind) => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, SESSION, "session-2");
    const address = kind === "path" ? hub : (await openHttpHub(sandbox)).url();
    const [asker, ...hosts] = await hostsOf(sandbox, address, 3);
    if (!asker) throw new Error("three hosts were opened");
    for (let round = 0; round < 5; round++) {
      const request = await askForHelp(asker, "session-2", SESSION);
      const answers = await Promise.all(
        hosts.map((host) => host.submit("accept", { request }, sessionId(SESSION))),
      );
      const lost = answers.filter(({ kind: end }) => end === "refusal");
      expect(answers.map(({ kind: end }) => end).sort()).toEqual(["landed", "refusal"]);
      expect(lost).toEqual([expect.objectContaining(refusal)]);
    }
    const accepts = (await sandbox.history(hub)).filter((entry) => entry.kind === "accept");
    expect(accepts).toHaveLength(5);
  });

  it("when the winner lands while the loser's push is on its way", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, SESSION, "session-2");
    const http = await openHttpHub(sandbox);
    const [loser, winner] = await Promise.all([
      sandbox.hive(http.url(), sandbox.host("loser")),
      sandbox.hive(hub, sandbox.host("winner")),
    ]);
    const request = await askForHelp(winner, "session-2", SESSION);
    await loser.read(["collaborations"]);
    http.beforePush = () => winner.submit("accept", { request }, sessionId(SESSION));

    const lost = await loser.submit("accept", { request }, sessionId(SESSION));

    expect(lost).toMatchObject(refusal);
    expect(http.pushes).toBe(1);
    expect((await sandbox.history(hub)).filter(({ kind }) => kind === "accept")).toHaveLength(1);
  });
});

it("a race that is lost three times in a row is decided again each time and then lands", async () => {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, SESSION, "session-2");
  const http = await openHttpHub(sandbox);
  const [slow, fast] = [await sandbox.hive(http.url()), await sandbox.hive(hub, sandbox.host("fast"))];
  await slow.read([]);
  const others: string[] = [];
  const overtake = async (): Promise<void> => {
    others.push((await say(fast, "session-2", `ahead ${others.length}`)).op);
    if (others.length < 3) http.beforePush = overtake;
  };
  http.beforePush = overtake;

  const { op } = await say(slow, SESSION, "patience");

  expect((await sandbox.history(hub)).slice(-4).map((entry) => entry.op)).toEqual([...others, op]);
  const board = await sandbox.git(hub, "show", "main:coordination/MESSAGES.md");
  expect(["ahead 0", "ahead 1", "ahead 2", "patience"].filter((text) => board.includes(text))).toHaveLength(
    4,
  );
});
