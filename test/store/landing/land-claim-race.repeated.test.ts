import { describe, expect, it } from "vitest";
import type { Hive } from "../../../src/app/hive/hive.ts";
import { parseTarget } from "../../../src/store/validation/revisions.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { openHttpHub } from "../../support/http-hub.ts";
import { hubWith, sessionId } from "../../support/hub-with.ts";
import { times } from "../../support/times.ts";

const ROUNDS = times(20);
const SESSIONS = ["session-1", "session-2"] as const;

/** Two hosts with a session each, and the hub that both write to. */
async function setUp(kind: string) {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, ...SESSIONS);
  const address = kind === "path" ? hub : (await openHttpHub(sandbox)).url();
  const [one, two] = await Promise.all(
    SESSIONS.map(async (session) => ({ session, hive: await sandbox.hive(address, sandbox.host(session)) })),
  );
  if (!one || !two) throw new Error("two hosts were opened");
  return { sandbox, hub, one, two };
}

function claim(hive: Hive, session: string, patterns: string[]) {
  return hive.submit("claim", { patterns, project: "app", note: `By ${session}` }, sessionId(session));
}

describe("of two hosts that claim the same path, one gets it and the other learns which session has it", () => {
  it.each(["path", "http://"])("in each round, on a hub at %s", async (kind) => {
    const { sandbox, hub, one, two } = await setUp(kind);
    for (let round = 0; round < ROUNDS; round++) {
      const answers = await Promise.all([
        claim(one.hive, one.session, [`src/${round}/**`, "README.md"]),
        claim(two.hive, two.session, [`docs/${round}.md`, `src/*/${round}.ts`]),
      ]);
      const [winner, loser] = answers[0]?.kind === "landed" ? [one, two] : [two, one];
      expect(answers.map(({ kind: end }) => end).sort()).toEqual(["landed", "refusal"]);
      const mine = `src/${winner === one ? `*/${round}.ts` : `${round}/**`}`;
      const theirs = `src/${winner === one ? `${round}/**` : `*/${round}.ts`}`;
      expect(answers.find(({ kind: end }) => end === "refusal")).toMatchObject({
        code: "claimed",
        message: `${winner.session} holds ${theirs} in app until 2026-01-31T14:00:00Z, and ${mine} overlaps it. Its note, unverified: "By ${winner.session}".`,
        hint: expect.stringContaining(`hive request ${winner.session} `),
      });
      const { state } = await loser.hive.read(["claims"]);
      expect([...state.claims.values()].map(({ session }) => session)).toEqual([winner.session]);
      const which = { claim: theirs, project: "app" };
      expect(await loser.hive.submit("release", which, sessionId(loser.session))).toMatchObject({
        code: "not_holder",
      });
      expect((await winner.hive.submit("release", which, sessionId(winner.session))).kind).toBe("landed");
    }
    const kinds = (await sandbox.history(hub)).map((entry) => entry.kind);
    expect(kinds.filter((each) => each === "claim")).toHaveLength(ROUNDS);
    await sandbox.fsck(hub);
  });

  it("when the winner lands while the loser's push is on its way", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, ...SESSIONS);
    const http = await openHttpHub(sandbox);
    const [loser, winner] = await Promise.all([
      sandbox.hive(http.url(), sandbox.host("loser")),
      sandbox.hive(hub, sandbox.host("winner")),
    ]);
    await loser.read(["claims"]);
    http.beforePush = () => claim(winner, "session-1", ["issue-42"]);
    expect(await claim(loser, "session-2", ["ISSUE-42"])).toMatchObject({
      code: "claimed",
      message: expect.stringMatching(/^session-1 holds issue-42 until /),
    });
    expect(http.pushes).toBe(1);
  });
});

it("a lapsed claim that two hosts take over at once goes to one of them, and its old holder cannot prevent that", async () => {
  const { sandbox, hub, one, two } = await setUp("http://");
  const third = await sandbox.hive(hub, sandbox.host("third"));
  await third.submit("register", {}, sessionId("session-3"));
  await claim(third, "session-3", ["issue-42"]);
  sandbox.clock.now += 7_200_000;
  const answers = await Promise.all(
    [one, two].map(({ hive, session }) => claim(hive, session, ["issue-42"])),
  );
  expect(answers.map(({ kind }) => kind).sort()).toEqual(["landed", "refusal"]);
  for (const verb of ["renew", "release"] as const)
    expect(await third.submit(verb, { claim: "issue-42" }, sessionId("session-3"))).toMatchObject({
      code: "not_holder",
    });
});

it("everything that claiming writes is valid, from the hub's first commit on", async () => {
  const { sandbox, hub, one, two } = await setUp("path");
  const [first, second] = SESSIONS.map(sessionId);
  if (!first || !second) throw new Error("there are two");
  await claim(one.hive, first, ["issue-42", "deploy:prod", "src/**"]);
  await claim(one.hive, first, ["src/**", "e\u0301/[id]/{a,b}.ts"]);
  await claim(two.hive, second, ["docs/**"]);
  await one.hive.submit("renew", { claim: "deploy:prod", for: "1h" }, first);
  await one.hive.submit("release", { claim: "issue-42" }, first);
  await claim(one.hive, first, ["issue-42", "./Makefile"]);
  await claim(one.hive, first, ["src/x"]);
  sandbox.clock.now += 10_800_000;
  await two.hive.submit("renew", { claim: "docs/**", project: "app" }, second);
  await claim(two.hive, second, ["issue-42", "src/**"]);
  await claim(one.hive, first, ["issue-43"]);
  sandbox.clock.now += 10_800_000;
  await one.hive.submit("expire", {}, sessionId("git-hive"));
  const { findings } = await one.hive.validate(parseTarget(`${"0".repeat(40)}..HEAD`));
  expect(findings).toEqual([]);
  const kinds = (await sandbox.history(hub)).map(({ kind }) => kind);
  expect(kinds.filter((kind) => ["claim", "renew", "release", "expire"].includes(kind))).toHaveLength(11);
  expect((await one.hive.read(["claims"])).state.claims.size).toBe(0);
});
