import { describe, expect, it } from "vitest";
import type { Check } from "../../../src/domain/doctor/check.ts";
import { judgeClock } from "../../../src/domain/doctor/clock.ts";
import { judgeAttributes, judgeFiles } from "../../../src/domain/doctor/files.ts";
import { judgeGit } from "../../../src/domain/doctor/git.ts";
import { judgeHelping, judgeHub, judgePush, judgeRules } from "../../../src/domain/doctor/hub.ts";
import { judgeIdentity } from "../../../src/domain/doctor/identity.ts";
import { judgeLeftovers, judgeLocks } from "../../../src/domain/doctor/leftovers.ts";
import { type Health, judgeRepository } from "../../../src/domain/doctor/repository.ts";
import { judgeUnsent } from "../../../src/domain/doctor/unsent.ts";
import { NOON } from "../../support/builders.ts";

const REASON = { message: "It said no.", hint: "Ask it" };
const NO_SESSION = { code: "no_identity", message: "Who acts is not known.", hint: "Say it" };
const ACTS = { session: "session-1", source: "--as" };
const FINDING = { path: "coordination/a.json", line: 3, column: 1, rule: "json", message: "no JSON" };

function aHealth(health: Health, isReplica = true): Check {
  return judgeRepository({ health, path: "/state/replica.git", ref: "refs/hive/main", isReplica });
}

/** What is examined, its check, the expected state and message. */
const ROWS: readonly [what: string, check: Check, state: Check["state"], tells: RegExp][] = [
  ["no git", judgeGit(undefined), "bad", /did not run.*2\.38/],
  ["a git that is too old", judgeGit("git version 2.37.9"), "bad", /2\.37\.9 is too old/],
  ["the oldest git that works", judgeGit("git version 2.38.0"), "note", /2\.38\.0 works/],
  ["a git of the previous year", judgeGit("git version 2.50.0 (Apple Git-154)"), "note", /2\.50\.1/],
  ["the git that is advised", judgeGit("git version 2.50.1"), "ok", /2\.50\.1/],
  ["a later git", judgeGit("git version 3.0.0.windows.1"), "ok", /3\.0\.0/],

  ["nobody who acts", judgeIdentity(NO_SESSION, undefined), "note", /not known.*Say it/],
  ["who acts by no id", judgeIdentity({ ...NO_SESSION, code: "bad_session" }, true), "bad", /Say it/],
  ["who is registered", judgeIdentity(ACTS, true), "ok", /session-1 acts here \(--as\)/],
  ["who is not registered", judgeIdentity(ACTS, false), "note", /hive register session-1/],
  ["who acts where no hub was seen", judgeIdentity(ACTS, undefined), "note", /is unknown/],

  ["a hub that answers", judgeHub("hub", undefined), "ok", /hub answers/],
  ["a hub that does not", judgeHub("hub", REASON), "bad", /It said no\..*Ask it/],
  ["a hub that was not asked", judgeHub("hub", "unasked"), "note", /hive doctor --fix/],
  ["a hub behind a replica that cannot be read", judgeHub("hub", "unreadable"), "note", /cannot be read/],
  ["the right to push", judgePush("hub", undefined), "ok", /accepts pushes/],
  ["no right to push", judgePush("hub", REASON), "bad", /Ask it/],
  ["no refused push", judgeRules([]), "ok", /refused/],
  ["a refused push", judgeRules([REASON, REASON]), "bad", /It said no\./],
  ["helping", judgeHelping(false, "/pace.json", new Map()), "ok", /push for each other/],
  ["no helping", judgeHelping(true, "/pace.json", new Map()), "note", /refs\/hive\/outbox.*\/pace\.json/],
  [
    "an outbox of another host that cannot be fetched",
    judgeHelping(false, "/pace.json", new Map([["refs/hive/outbox/evil", "bad object"]])),
    "note",
    /refs\/hive\/outbox\/evil \(bad object\).*:refs\/hive\/outbox\/evil/s,
  ],
  [
    "an outbox whose name is a command of a shell",
    judgeHelping(false, "/pace.json", new Map([["refs/hive/outbox/$(id);x", "bad object"]])),
    "note",
    /git push <hub> ':refs\/hive\/outbox\/\$\(id\);x'$/,
  ],

  ["a sound replica", aHealth({ kind: "sound" }), "ok", /intact/],
  ["no replica yet", aHealth({ kind: "absent" }), "ok", /first command/],
  ["a replica too large to check", aHealth({ kind: "unchecked", seconds: 9 }), "note", /9 s/],
  ["a file for a replica", aHealth({ kind: "file" }), "bad", /is a file.*--fix/],
  ["an empty folder for a replica", aHealth({ kind: "empty" }), "bad", /empty folder.*--fix/],
  ["what was a replica", aHealth({ kind: "foreign" }), "bad", /no repository any more.*--fix/],
  ["a replica without settings", aHealth({ kind: "no settings" }), "bad", /config.*--fix/],
  ["a replica with a broken ref", aHealth({ kind: "broken ref" }), "bad", /refs\/hive\/main holds no/],
  [
    "a damaged replica",
    aHealth({ kind: "damaged", complaints: ["missing a", "b"] }),
    "bad",
    /missing a .*1 line/,
  ],
  ["a damaged hub", aHealth({ kind: "foreign" }, false), "bad", /git -C .* fsck.*restore it/],

  ["no locks", judgeLocks({ holder: undefined, stuck: [] }), "ok", /Nothing is locked/],
  [
    "a writer",
    judgeLocks({ holder: { pid: 7, liveness: "alive" }, stuck: [] }),
    "ok",
    /Process 7 is writing/,
  ],
  [
    "a writer elsewhere",
    judgeLocks({ holder: { pid: 7, liveness: "unknown" }, stuck: [] }),
    "ok",
    /another container.*waits 5 s/,
  ],
  [
    "a dead writer",
    judgeLocks({ holder: { pid: 7, liveness: "dead" }, stuck: [] }),
    "note",
    /takes over its lock/,
  ],
  ["a dead git", judgeLocks({ holder: undefined, stuck: ["/a.lock"] }), "note", /1 lock: \/a\.lock.*--fix/],
  ["nothing left behind", judgeLeftovers([]), "ok", /no leftover/],
  ["files left behind", judgeLeftovers(["/a.7.tmp", "/b"]), "note", /2 files: \/a\.7\.tmp.*--fix/],

  [
    "an empty outbox",
    judgeUnsent({ elsewhere: [], unsent: [], refused: 0, broken: [] }, NOON),
    "ok",
    /No operation waits/,
  ],
  [
    "an outbox that waits",
    judgeUnsent({ elsewhere: [], unsent: ["2026-01-31T11:00:00Z", NOON], refused: 1, broken: [] }, NOON),
    "note",
    /2 operations not sent yet, the oldest since 1h; 1 operation refused\..*hive sync/,
  ],
  [
    "refusals",
    judgeUnsent({ elsewhere: [], unsent: [], refused: 2, broken: [] }, NOON),
    "note",
    /2 .*refused.*hive outbox/,
  ],
  [
    "a broken outbox",
    judgeUnsent({ elsewhere: [], unsent: [], refused: 0, broken: ["/b"] }, NOON),
    "bad",
    /1 file .*\/b/,
  ],

  ["a hub that reads well", judgeFiles([]), "ok", /can be read/],
  [
    "a profile that was deleted by hand",
    judgeFiles([], ["bob"]),
    "note",
    /1 session has .*: bob\..*validate/,
  ],
  ["an unreadable file", judgeFiles([FINDING]), "bad", /1 file .*coordination\/a\.json:3: no JSON\./],
  ["five unreadable files", judgeFiles(Array(5).fill(FINDING)), "bad", /5 files .*; and 2 more/],
  [
    "an older hub",
    judgeAttributes({ areThere: false, isDriverInstalled: true }, "hub"),
    "note",
    /no coordination\/\.gitattributes.*merge=hive/,
  ],
  [
    "a clone that has not joined",
    judgeAttributes({ areThere: true, isDriverInstalled: false }, "hub"),
    "note",
    /hive join hub/,
  ],
  ["a clone that has", judgeAttributes({ areThere: true, isDriverInstalled: true }, "hub"), "ok", /merge/],
  ["no clone", judgeAttributes({ areThere: true, isDriverInstalled: undefined }, "hub"), "ok", /merge/],
];

it.each(ROWS)("the check of %s", (_, check, state, tells) => {
  expect(check.state).toBe(state);
  expect(`${check.message} ${check.next ?? ""}`).toMatch(tells);
  if (state === "bad") expect(check.next).not.toBeNull();
});

describe("the clocks of two hosts", () => {
  const commit = (at: string, session = "session-2", isOwn = false) => ({
    commit: `${session}0123456789`.slice(-10),
    session,
    at,
    isOwn,
  });
  const [BEFORE, AFTER] = ["2026-01-31T11:00:00Z", "2026-01-31T15:00:00Z"];
  const own = (at: string) => commit(at, "session-1", true);

  it.each([
    ["there is no commit of others", [], "ok"],
    ["it is long past", ["2020-01-01T00:00:00Z"], "ok"],
    ["it is now", [NOON], "ok"],
    ["it is ahead by what clocks differ", ["2026-01-31T12:02:00Z"], "ok"],
    ["it is ahead by more", ["2026-01-31T12:02:01Z"], "bad"],
    ["one of several is", [NOON, "2026-01-31T15:00:00Z", NOON], "bad"],
  ] as const)("when %s", (_, dates, state) => {
    expect(
      judgeClock(
        dates.map((at) => commit(at)),
        NOON,
      ).state,
    ).toBe(state);
  });

  it("are compared by the commit that is farthest ahead", () => {
    const { message } = judgeClock([commit("2026-01-31T13:00:00Z"), commit(AFTER)], NOON);
    expect(message).toMatch(
      /^This host's clock is behind, or that of session-2 is ahead: .* is dated 3h ahead/,
    );
  });

  it("name this host's clock where two sessions are ahead of it", () => {
    const { state, message } = judgeClock([commit(AFTER), commit(AFTER, "session-3")], NOON);
    expect([state, message]).toEqual([
      "bad",
      expect.stringMatching(/^This host's clock is behind: 2 sessions/),
    ]);
  });

  it("name this host's clock where others date what they wrote later before its own, twice", () => {
    const commits = [commit(BEFORE), own(NOON), { ...commit(BEFORE), commit: "fedcba9876" }, own(NOON)];
    const { state, message } = judgeClock(commits, NOON);
    expect([state, message]).toEqual([
      "bad",
      expect.stringMatching(/^This host's clock is ahead\. .* 1h before it/),
    ]);
  });

  it("are only worth a note where one operation may have waited while its host was offline", () => {
    const commits = [commit(BEFORE), commit(BEFORE), own(NOON), own(NOON), own(NOON)];
    expect(judgeClock(commits, NOON).state).toBe("note");
  });

  it("agree where others date what they wrote later after its own", () => {
    expect(judgeClock([commit(NOON), own(BEFORE), commit(NOON)], NOON).state).toBe("ok");
  });
});
