import { describe, expect, it } from "vitest";
import type { Collaboration } from "../../../src/domain/requests/collaboration.ts";
import { applyMove, MOVES, type Move } from "../../../src/domain/requests/moves.ts";
import { checkCommit } from "../../../src/domain/validation/commit-rules.ts";
import type { HubCommit } from "../../../src/domain/validation/commits.ts";
import { aCollaboration, aHeartbeat, aMessage, aProfile, NOON } from "../../support/builders.ts";
import { aCommit, accepted, changed } from "../../support/rule-builders.ts";

const OWN = "coordination/SESSIONS/session-1.json";
const OTHER = "coordination/SESSIONS/session-2.json";
const BEAT = "coordination/HEARTBEATS/session-2.json";
const RECORD = "coordination/ACTIVE/COLLABORATIONS/collab-1769860800-k3f9.json";
const AWAY = "coordination/ARCHIVE/COLLABORATIONS/2026/01/collab-1769860800-k3f9.json";
const MESSAGE = "coordination/MESSAGES/2026/01/31/01KG9M2V0000000000000000AA.md";
const REGISTRY = "coordination/REGISTRY.json";
const BOT = { author: "git-hive", sessions: ["git-hive"] };
const BY_TWO = { author: "session-2", sessions: ["session-2"] };
const HAND = { author: "session-1", sessions: [] };

const profile = aProfile();
const asking = aProfile({
  needs: { id: "01KG9M2V0000000000000000AA", question: "Which port?", since: NOON },
});
const TOLD = { kinds: ["tell"] };
const asked = aCollaboration({ history: [{ status: "pending", session: "session-2", at: NOON }] });

type Row = [what: string, commit: HubCommit, rules: string[]];

function rulesOf(commit: HubCommit): string[] {
  return checkCommit(commit).map(({ rule }) => rule);
}

function moving(before: Collaboration | undefined, after: Collaboration | undefined, by = {}): HubCommit {
  return aCommit({ collaborations: [changed(RECORD, before, after)] }, by);
}

const WHO: Row[] = [
  ["its own profile", aCommit({ sessions: [changed(OWN, profile, profile)] }), []],
  ["its own profile by plain git", aCommit({ sessions: [changed(OWN, profile, profile)] }, HAND), []],
  ["another's profile", aCommit({ sessions: [changed(OTHER, profile, profile)] }), ["owner"]],
  ["another's profile, as the bot", aCommit({ sessions: [changed(OTHER, profile, profile)] }, BOT), []],
  ["a new profile for another", aCommit({ sessions: [changed(OTHER, undefined, profile)] }), ["owner"]],
  [
    "another's question to its human away, as an answer does",
    aCommit({ sessions: [changed(OTHER, asking, profile)] }, TOLD),
    [],
  ],
  [
    "another's question to its human away, otherwise",
    aCommit({ sessions: [changed(OTHER, asking, profile)] }),
    ["owner"],
  ],
  [
    "more of another's profile than an answer does",
    aCommit({ sessions: [changed(OTHER, asking, { ...profile, role: "Other" })] }, TOLD),
    ["owner"],
  ],
  [
    "another's question, as an answer does not",
    aCommit({ sessions: [changed(OTHER, profile, asking)] }, TOLD),
    ["owner"],
  ],
  ["another's heartbeat", aCommit({ heartbeats: [changed(BEAT, aHeartbeat(), aHeartbeat())] }), ["owner"]],
  ["another's heartbeat away", aCommit({ heartbeats: [changed(BEAT, aHeartbeat(), undefined)] }), ["owner"]],
  [
    "heartbeats of a host's sessions in one commit",
    aCommit(
      {
        heartbeats: [
          changed(BEAT, aHeartbeat(), aHeartbeat()),
          changed(BEAT.replace("2", "1"), aHeartbeat(), aHeartbeat()),
        ],
      },
      { sessions: ["session-1", "session-2"] },
    ),
    [],
  ],
  ["another's profile that nobody can read", aCommit({ sessions: [changed(OTHER, null, profile)] }), []],
  [
    "what an import brings",
    aCommit({ sessions: [changed(OTHER, undefined, profile)] }, { kinds: ["import"] }),
    [],
  ],
  [
    "an existing profile, by an import",
    aCommit({ sessions: [changed(OTHER, profile, profile)] }, { kinds: ["import"] }),
    ["owner"],
  ],
];

const MESSAGES: Row[] = [
  ["one of its own", aCommit({ messages: [changed(MESSAGE, undefined, aMessage())] }), []],
  ["one of another", aCommit({ messages: [changed(MESSAGE, undefined, aMessage())] }, BY_TWO), ["owner"]],
  ["other words into its own", aCommit({ messages: [changed(MESSAGE, aMessage(), aMessage())] }), ["owner"]],
  ["nothing into its own", aCommit({ messages: [changed(MESSAGE, aMessage(), undefined)] }), ["owner"]],
  ["as the bot", aCommit({ messages: [changed(MESSAGE, aMessage(), undefined)] }, BOT), []],
];

const done = accepted({ status: "declined" });
const ARCHIVE: Row[] = [
  [
    "what has ended, as the bot",
    aCommit(
      { collaborations: [changed(RECORD, done, undefined)], archived: [changed(AWAY, undefined, done)] },
      BOT,
    ),
    [],
  ],
  [
    "what has ended, as a session",
    aCommit({
      collaborations: [changed(RECORD, done, undefined)],
      archived: [changed(AWAY, undefined, done)],
    }),
    ["request", "owner"],
  ],
  [
    "another record than the one that left, even as the bot",
    aCommit(
      {
        collaborations: [changed(RECORD, done, undefined)],
        archived: [changed(AWAY, undefined, { ...done, request: "Else" })],
      },
      BOT,
    ),
    ["archive"],
  ],
  [
    "nothing that left, even as the bot",
    aCommit({ archived: [changed(AWAY, undefined, done)] }, BOT),
    ["archive"],
  ],
  ["what is there anew", aCommit({ archived: [changed(AWAY, done, done)] }, BOT), ["archive"]],
  ["an open request out of the hub", moving(accepted(), undefined, BOT), ["request"]],
  [
    "an original",
    aCommit({ originals: [changed("coordination/ARCHIVE/IMPORT/0011-a", undefined, undefined)] }),
    ["owner"],
  ],
];

const GENERATED: Row[] = [
  [
    "with its source",
    aCommit({ registry: [changed(REGISTRY, {}, {})], sessions: [changed(OWN, profile, profile)] }),
    [],
  ],
  ["alone", aCommit({ registry: [changed(REGISTRY, null, null)] }), ["generated"]],
  ["the board alone", aCommit({ board: [changed("coordination/MESSAGES.md", null, null)] }), ["generated"]],
  ["alone, in a merge", aCommit({ registry: [changed(REGISTRY, null, null)] }, { isMerge: true }), []],
  ["alone, as the bot", aCommit({ registry: [changed(REGISTRY, null, null)] }, BOT), []],
  ["alone, for the first time", aCommit({ registry: [changed(REGISTRY, undefined, null)] }), []],
];

const [OP, OTHER_OP] = ["01KG9M2V0000000000000000AA", "01KG9M2V0000000000000000AB"];
const BROADCAST = { kinds: ["broadcast"], ops: [OP] };
const KINDS: Row[] = [
  [
    "a broadcast with its message",
    aCommit({ messages: [changed(MESSAGE, undefined, aMessage())] }, BROADCAST),
    [],
  ],
  ["a broadcast without a change", aCommit({}, BROADCAST), ["operation"]],
  [
    "a broadcast with the message of another operation",
    aCommit({ messages: [changed(MESSAGE, undefined, aMessage())] }, { ...BROADCAST, ops: [OTHER_OP] }),
    ["operation"],
  ],
  [
    "a claim with a profile only",
    aCommit({ sessions: [changed(OWN, profile, profile)] }, { kinds: ["claim"], ops: [OP] }),
    ["operation"],
  ],
  [
    "an operation of a kind of a newer version",
    aCommit({ sessions: [changed(OWN, profile, profile)] }, { kinds: ["constructor"], ops: [OP] }),
    [],
  ],
];

describe("permitted changes", () => {
  it.each(KINDS)("a commit carries %s", (_, commit, rules) => {
    expect(rulesOf(commit)).toEqual(rules);
  });

  it.each(WHO)("a session writes %s", (_, commit, rules) => {
    expect(rulesOf(commit)).toEqual(rules);
  });

  it.each(MESSAGES)("a session sends %s", (_, commit, rules) => {
    expect(rulesOf(commit)).toEqual(rules);
  });

  it.each(ARCHIVE)("a commit archives %s", (_, commit, rules) => {
    expect(rulesOf(commit)).toEqual(rules);
  });

  it.each(GENERATED)("a generated file changes %s", (_, commit, rules) => {
    expect(rulesOf(commit)).toEqual(rules);
  });

  it("a fault names the commit, its author and the permitted sessions", () => {
    expect(checkCommit(aCommit({ sessions: [changed(OTHER, profile, profile)] }))).toEqual([
      {
        path: OTHER,
        rule: "owner",
        message: "1a2b3c4 by session-1: only session-2 or git-hive changes this file",
      },
    ]);
  });
});

describe("a commit whose author is none of the sessions in its trailers", () => {
  it.each([
    ["a session", "session-2"],
    ["the bot", "git-hive"],
  ])("is by nobody, though it names %s", (_, named) => {
    const commit = aCommit({ sessions: [changed(OTHER, profile, profile)] }, { sessions: [named] });
    expect(rulesOf(commit)).toEqual(["author", "owner"]);
  });

  it("is by those sessions if the author is the bot", () => {
    const sessions = [changed(OTHER, profile, profile)];
    expect(rulesOf(aCommit({ sessions }, { author: "git-hive", sessions: ["session-2"] }))).toEqual([]);
  });
});

describe("a request", () => {
  const PARTIES = { from_session: "session-2", to_session: "session-1" } as const;
  const CASES = (Object.keys(MOVES) as Move[]).flatMap((move) =>
    (["session-1", "session-2", "session-3"] as const).map(
      (actor) => [move, actor, actor === PARTIES[MOVES[move].by]] as const,
    ),
  );

  it.each(CASES)("that is moved on by %s, committed by %s: %s", (move, actor, isAllowed) => {
    const before = { ...asked, status: MOVES[move].from[0] };
    const by = { session: aProfile({ id: actor }).id, at: NOON };
    const commit = moving(before, applyMove(before, move, by), { author: actor, sessions: [actor] });
    expect(rulesOf(commit).length === 0).toBe(isAllowed);
  });

  it("that is moved in another session's name is found", () => {
    const forged = applyMove(asked, "accept", { session: aProfile().id, at: NOON });
    expect(checkCommit(moving(asked, forged, BY_TWO))).toMatchObject([
      { rule: "request", message: expect.stringContaining("expected a commit by session-1") },
    ]);
  });

  it.each([
    ["made by whoever asks", moving(undefined, asked, BY_TWO), 0],
    ["made by somebody else", moving(undefined, asked, { author: "session-3", sessions: [] }), 2],
    ["made by the addressee, as if asked", moving(undefined, asked), 1],
    ["made with an answer in it", moving(undefined, accepted(), BY_TWO), 1],
    ["asked in other words", moving(asked, { ...asked, request: "Else" }, BY_TWO), 1],
    ["turned to another session", moving(accepted(), accepted({ to_session: "session-3" })), 1],
    ["whose history is cut", moving(accepted(), { ...accepted(), history: [], status: "pending" }), 1],
    ["that gets a link from a party", moving(accepted(), accepted({ link: "https://example.org" })), 0],
    [
      "that gets a link from a stranger",
      moving(accepted(), accepted({ link: "x" }), { author: "session-3", sessions: [] }),
      1,
    ],
    ["that the bot lets expire", moving(asked, expired("git-hive"), BOT), 0],
    ["that a party lets expire", moving(asked, expired("session-1")), 1],
    ["that a party lets expire in the bot's name", moving(asked, expired("git-hive")), 1],
    ["that is removed by a party", moving(done, undefined), 1],
    [
      "that nobody can read is mended by anybody",
      aCommit({ collaborations: [changed(RECORD, null, asked)] }),
      0,
    ],
    ["that nobody can read any more", aCommit({ collaborations: [changed(RECORD, asked, null)] }), 0],
  ])("%s", (_, commit, count) => {
    expect(checkCommit(commit).filter(({ rule }) => rule === "request")).toHaveLength(count);
  });

  const OPEN = { to_session: null, to_capability: "go" };
  const wanted = aCollaboration({ ...asked, ...OPEN });
  const aStep = (session: string, over: object = {}) => ({ status: "accepted", session, at: NOON, ...over });
  const then = (record: Collaboration, step: object, over: object = {}) =>
    aCollaboration({ ...record, history: [...record.history, step], ...over });
  const takenBy = (session: string) =>
    then(wanted, aStep(session), { to_session: session, status: "accepted" });
  const declinedBy = (session: string, over: object = {}) =>
    then(wanted, aStep(session, { status: "pending", declined: true }), over);
  const overTo = (session: string, over: object = {}, record = accepted()) =>
    then(record, aStep(session, { taken_from: "session-1", ...over }), { to_session: session });
  const BY_THREE = { author: "session-3", sessions: ["session-3"] };

  it.each([
    ["made for whoever offers a skill", moving(undefined, wanted, BY_TWO), 0],
    ["made for a skill by somebody else", moving(undefined, wanted, BY_THREE), 2],
    ["accepted by whoever is first", moving(wanted, takenBy("session-3"), BY_THREE), 0],
    ["accepted by the requester", moving(wanted, takenBy("session-2"), BY_TWO), 1],
    ["accepted in another's name", moving(wanted, takenBy("session-3")), 2],
    [
      "accepted for one session, and given to another",
      moving(wanted, { ...takenBy("session-3"), to_session: aProfile().id }, BY_THREE),
      1,
    ],
    [
      "given to a session that did not accept it",
      moving(wanted, { ...wanted, to_session: aProfile().id }),
      2,
    ],
    [
      "accepted a second time",
      moving(
        takenBy("session-1"),
        then(takenBy("session-1"), aStep("session-3"), { to_session: "session-3" }),
        BY_THREE,
      ),
      2,
    ],
    ["made nobody's again", moving(takenBy("session-1"), { ...takenBy("session-1"), to_session: null }), 1],
    ["for another skill", moving(wanted, { ...wanted, to_capability: "rust" }, BY_TWO), 1],
    ["declined by one of many", moving(wanted, declinedBy("session-3"), BY_THREE), 0],
    ["declined by one of many in another's name", moving(wanted, declinedBy("session-3")), 2],
    [
      "declined by one of many, with something else changed",
      moving(wanted, declinedBy("session-3", { link: "x" }), BY_THREE),
      1,
    ],
    ["declined by the requester", moving(wanted, declinedBy("session-2"), BY_TWO), 1],
    ["touched by a stranger without a step", moving(wanted, { ...wanted, link: "x" }, BY_THREE), 1],
    ["taken over from whom it is with", moving(accepted(), overTo("session-3"), BY_THREE), 0],
    ["taken over by the requester", moving(accepted(), overTo("session-2"), BY_TWO), 1],
    ["taken over by whom it is with", moving(accepted(), overTo("session-1")), 1],
    [
      "taken over from somebody else",
      moving(accepted(), overTo("session-3", { taken_from: "session-4" }), BY_THREE),
      1,
    ],
    ["taken over in another's name", moving(accepted(), overTo("session-3")), 1],
    [
      "taken over, with something else changed",
      moving(accepted(), { ...overTo("session-3"), link: "x" }, BY_THREE),
      1,
    ],
    ["taken over without a step", moving(accepted(), accepted({ to_session: "session-3" }), BY_THREE), 2],
    ["with another bundle", moving(accepted(), accepted({ handoff: { done: [] } })), 1],
    [
      "with evidence of what was completed",
      moving(
        accepted({ status: "in_progress" }),
        then(accepted(), aStep("session-1", { status: "completed" }), { evidence: "https://a.example" }),
      ),
      0,
    ],
    [
      "with evidence before it is completed",
      moving(accepted(), accepted({ evidence: "https://a.example" })),
      1,
    ],
    [
      "with other evidence afterwards",
      moving(accepted({ evidence: "https://a.example" }), accepted({ evidence: "https://b.example" })),
      1,
    ],
  ])("that is open to many or changes hands: %s", (_, commit, count) => {
    expect(checkCommit(commit).filter(({ rule }) => rule === "request")).toHaveLength(count);
  });

  function expired(session: string): Collaboration {
    const history = [...asked.history, { status: "expired", session, at: NOON }];
    return aCollaboration({ ...asked, status: "expired", history });
  }
});

describe("the id of a hub", () => {
  const settings = (before: string | undefined, after: string | undefined): HubCommit => ({
    ...aCommit({}, HAND),
    texts: [{ path: "coordination/hive.yaml", before, after, existed: true, exists: after !== undefined }],
  });
  it.each<Row>([
    ["stays", settings("format: 1\nid: one12345\n", "id: 'one12345' # the same\nformat: 1\n"), []],
    ["comes to a hub without one", settings("format: 1\n", "format: 1\nid: one12345\n"), []],
    ["changes", settings("id: one12345\n", "id: two12345\n"), ["id"]],
    ["goes", settings("id: one12345\n", "format: 1\n"), ["id"]],
    ["goes with its file", settings("id: one12345\n", undefined), ["id"]],
  ])("%s", (_, commit, rules) => {
    expect(rulesOf(commit)).toEqual(rules);
  });
});
