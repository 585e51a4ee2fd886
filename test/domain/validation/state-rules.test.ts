import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ATTRIBUTES_TEXT } from "../../../src/domain/hub/attributes.ts";
import { renderBoard } from "../../../src/domain/messages/board.ts";
import { checkState } from "../../../src/domain/validation/state-rules.ts";
import { toInstant } from "../../../src/domain/values/time.ts";
import { aHeartbeat, aMessage, aProfile, NOON } from "../../support/builders.ts";
import { hostileText } from "../../support/hostile.ts";
import { accepted, aHub, moved, type Parts, SESSIONS } from "../../support/rule-builders.ts";

const ID = "collab-1769860800-k3f9";
const RECORD = `coordination/ACTIVE/COLLABORATIONS/${ID}.json`;
const MESSAGE = "coordination/MESSAGES/2026/01/31/01KG9M2V0000000000000000AA.md";

function minutesAfterNoon(minutes: number): string {
  return toInstant(Date.parse(NOON) + minutes * 60_000);
}

function faultsOf(parts: Parts) {
  return checkState(aHub(parts), NOON);
}

const step = (status: string, session: string) => ({ status, session, at: NOON });
const PENDING = step("pending", "session-2");

describe("a status", () => {
  const statuses = (status: string, over: object = {}) => ({
    sessions: [aProfile({ status, ...over }), aProfile({ id: "session-2" })],
    heartbeats: [aHeartbeat({ status })],
  });

  it("is one of the states", () => {
    for (const status of ["active", "idle", "completing", "paused", "offline"])
      expect(faultsOf({ ...statuses(status), rules: 1 })).toEqual([]);
    expect(faultsOf({ ...statuses("bogus"), rules: 1 })).toMatchObject([
      { path: "coordination/SESSIONS/session-1.json", rule: "state", key: ["status"] },
      { path: "coordination/HEARTBEATS/session-1.json", rule: "state", key: ["status"] },
    ]);
  });

  it("is any word in a hub of an older version, and in what was imported", () => {
    expect(faultsOf(statuses("bogus"))).toEqual([]);
    expect(faultsOf({ ...statuses("in_progress", { seed_status: "IN_PROGRESS" }), rules: 1 })).toEqual([]);
    expect(faultsOf({ ...statuses("unknown"), rules: 1 })).toEqual([]);
  });
});

describe("a valid hub", () => {
  it("has no faults", () => {
    expect(checkState(aHub(), NOON)).toEqual([]);
  });

  it("may have a board of version 0.1.0, or one with entries of both versions", () => {
    const messages = ["A", "B"].map((end) =>
      aMessage({ id: `01KG9M2V0000000000000000A${end}`, body: `Body ${end}`, subject: "A `subject`" }),
    );
    const now = renderBoard(messages);
    const former = now.replaceAll(">     ", "> ").replaceAll("`A 'subject'`", "A `subject`");
    const both = now
      .replace(">     Body A", "> Body A")
      .replace(/`A 'subject'`(?=[^`]*Body A)/, "A `subject`");
    expect(new Set([now, former, both]).size).toBe(3);
    for (const board of [former, both]) expect(faultsOf({ messages, board })).toEqual([]);
    const edited = former.replace("Body A", "Body a");
    expect(faultsOf({ messages, board: edited })).toMatchObject([{ rule: "board" }]);
  });

  it("may hold files that do not belong to git-hive", () => {
    const more = [
      "README.md",
      "notes/2026.txt",
      "SESSIONS/.gitkeep",
      "ACTIVE/README.md",
      "ACTIVE/PLANS/api.json",
    ];
    expect(faultsOf({ more: more.map((path) => `coordination/${path}`) })).toEqual([]);
  });

  it("may hold originals of an import under any valid file name", () => {
    expect(faultsOf({ more: ["coordination/ARCHIVE/IMPORT/0011223344556677-a.json"] })).toEqual([]);
  });
});

const LATE = minutesAfterNoon(11);
const CASES: [what: string, parts: Parts, rule: string, path: string, key?: PropertyKey[]][] = [
  ["a newer format", { format: 2 }, "format", "coordination/hive.yaml", ["format"]],
  [
    "a heartbeat from the future",
    { heartbeats: [aHeartbeat({ last_heartbeat: LATE })] },
    "future",
    "coordination/HEARTBEATS/session-1.json",
    ["last_heartbeat"],
  ],
  ["a message from the future", { messages: [aMessage({ sent_at: LATE })] }, "future", MESSAGE, ["sent_at"]],
  [
    "a step from the future",
    {
      collaborations: [
        accepted({ history: [PENDING, { status: "accepted", session: "session-1", at: LATE }] }),
      ],
    },
    "future",
    RECORD,
    ["history", 1, "at"],
  ],
  [
    "a heartbeat of nobody",
    { heartbeats: [aHeartbeat({ session_id: "session-9" })] },
    "reference",
    "coordination/HEARTBEATS/session-9.json",
    ["session_id"],
  ],
  [
    "hours that nobody can read",
    { sessions: [aProfile({ availability: { hours: "Mno 9-17 UTC" } }), aProfile({ id: "session-2" })] },
    "hours",
    "coordination/SESSIONS/session-1.json",
    ["availability", "hours"],
  ],
  ["a message from nobody", { messages: [aMessage({ from: "session-9" })] }, "reference", MESSAGE, ["from"]],
  ["a message to nobody", { messages: [aMessage({ to: "session-9" })] }, "reference", MESSAGE, ["to"]],
  [
    "a message about no request",
    { messages: [aMessage({ request_id: "collab-1" })] },
    "reference",
    MESSAGE,
    ["request_id"],
  ],
  [
    "a request to nobody",
    { collaborations: [accepted({ to_session: "session-9", status: "pending", history: [PENDING] })] },
    "reference",
    RECORD,
    ["to_session"],
  ],
  ["an empty history", { collaborations: [accepted({ history: [] })] }, "move", RECORD, ["history"]],
  [
    "a status that the history does not end with",
    { collaborations: [accepted({ status: "completed" })] },
    "move",
    RECORD,
    ["status"],
  ],
  [
    "a step by the wrong party",
    { collaborations: [accepted({ history: [PENDING, step("accepted", "session-2")] })] },
    "move",
    RECORD,
    ["history", 1],
  ],
  [
    "a step that skips another",
    {
      collaborations: [accepted({ status: "completed", history: [PENDING, step("completed", "session-1")] })],
    },
    "move",
    RECORD,
    ["history", 1],
  ],
  [
    "a step after the end",
    {
      collaborations: [
        accepted({
          status: "declined",
          history: [PENDING, step("declined", "session-1"), step("declined", "session-1")],
        }),
      ],
    },
    "move",
    RECORD,
    ["history", 2],
  ],
  [
    "an open request in the archive",
    { collaborations: [], archived: [accepted()] },
    "archive",
    `coordination/ARCHIVE/COLLABORATIONS/2026/01/${ID}.json`,
    ["status"],
  ],
  [
    "a registry without a session",
    {
      registry: {
        registry_version: "1.0",
        last_updated: NOON,
        sessions: { "session-2": entry("session-2") },
      },
    },
    "registry",
    "coordination/REGISTRY.json",
    ["sessions"],
  ],
  [
    "a registry with a session too many",
    { registry: registryWith({ "session-3": entry("session-3") }) },
    "registry",
    "coordination/REGISTRY.json",
    ["sessions", "session-3"],
  ],
  [
    "a registry that says something else",
    { registry: registryWith({ "session-1": { ...entry("session-1"), status: "idle" } }) },
    "registry",
    "coordination/REGISTRY.json",
    ["sessions", "session-1", "status"],
  ],
  [
    "a registry that says more",
    { registry: registryWith({ "session-1": { ...entry("session-1"), admin: true } }) },
    "registry",
    "coordination/REGISTRY.json",
    ["sessions", "session-1", "admin"],
  ],
  [
    "a registry of another time",
    { registry: { ...registryWith({}), last_updated: "2026-01-30T12:00:00Z" } },
    "registry",
    "coordination/REGISTRY.json",
    ["last_updated"],
  ],
];

function entry(id: string) {
  const { name, role, status, specialization, current_work } = aProfile({ id });
  return { id: aProfile({ id }).id, name, role, status, specialization, current_work };
}

function registryWith(sessions: Record<string, ReturnType<typeof entry> & Record<string, unknown>>) {
  const all: typeof sessions = {
    "session-1": entry("session-1"),
    "session-2": entry("session-2"),
    ...sessions,
  };
  return { registry_version: "1.0", last_updated: NOON, sessions: all };
}

describe("a hub with one error has one fault, with its position", () => {
  it.each(CASES)("%s", (_, parts, rule, path, key) => {
    expect(faultsOf(parts)).toEqual([
      { path, rule, key, message: expect.stringMatching(/expected|but the history ends with|knows formats/) },
    ]);
  });

  it("a board that differs, from its first difference on", () => {
    const board = renderBoard([aMessage()]).replace(">     Hello", ">     Hullo");
    expect(faultsOf({ board })).toEqual([
      {
        path: "coordination/MESSAGES.md",
        rule: "board",
        offset: board.indexOf("ullo"),
        message: expect.stringContaining('expected ">     Hello"'),
      },
    ]);
  });

  it("a request in two places", () => {
    const ended = accepted({ status: "declined", history: [PENDING, step("declined", "session-1")] });
    expect(faultsOf({ collaborations: [ended], archived: [ended] })).toMatchObject([
      { rule: "duplicate", message: expect.stringContaining(RECORD) },
    ]);
  });

  it.each([
    ["messages", "coordination/MESSAGES/2026/01/30/01KG9M2V0000000000000000AA.md"],
    ["archived", `coordination/ARCHIVE/COLLABORATIONS/2025/01/${ID}.json`],
  ] as const)("%s in the folder of another day", (kind, path) => {
    const archived = [accepted({ status: "declined", history: [PENDING, step("declined", "session-1")] })];
    const hub = aHub(kind === "archived" ? { collaborations: [], archived } : {});
    expect(checkState(moved(hub, kind, path), NOON)).toMatchObject([{ path, rule: "date" }]);
  });

  it("no settings", () => {
    const { settings: _, paths, ...hub } = aHub();
    const rest = new Set([...paths].filter((path) => !path.endsWith("hive.yaml")));
    expect(checkState({ ...hub, settings: [], paths: rest }, NOON)).toMatchObject([
      { path: "coordination/hive.yaml", rule: "missing" },
    ]);
  });

  it("no registry and no board", () => {
    const paths = new Set([...aHub().paths].filter((path) => !/REGISTRY|MESSAGES\.md/.test(path)));
    expect(checkState({ ...aHub(), registry: [], board: [], paths }, NOON)).toMatchObject([
      { path: "coordination/REGISTRY.json", rule: "missing" },
      { path: "coordination/MESSAGES.md", rule: "missing" },
    ]);
  });
});

describe("a request that is open to many or changes hands", () => {
  const ALL = [...SESSIONS, aProfile({ id: "session-3" })];
  const HANDOVER = "collab-1769860800-hand";
  const wanted = (over: object = {}) =>
    accepted({ to_session: null, to_capability: "go", status: "pending", history: [PENDING], ...over });
  const declined = (session: string) => ({ ...step("pending", session), declined: true });
  const taken = (over: object = {}) => ({
    ...step("accepted", "session-3"),
    taken_from: "session-1",
    ...over,
  });
  const ACCEPTED = step("accepted", "session-1");
  const overTo = (third: object) =>
    accepted({ to_session: "session-3", history: [PENDING, ACCEPTED, third] });
  const path = ["pending", "accepted", "in_progress", "completed"];
  const handover = (over: object = {}, statuses = path) =>
    accepted({
      request_id: HANDOVER,
      from_session: "session-1",
      to_session: "session-3",
      status: statuses.at(-1),
      handoff: { request: ID },
      history: statuses.map((status, index) => step(status, index === 0 ? "session-1" : "session-3")),
      ...over,
    });
  const byHandover = overTo(taken({ handoff: HANDOVER }));

  it.each([
    ["nobody has accepted", [wanted()]],
    ["one has declined", [wanted({ history: [PENDING, declined("session-3")] })]],
    [
      "one has accepted after another declined",
      [
        wanted({
          to_session: "session-1",
          status: "accepted",
          history: [PENDING, declined("session-3"), ACCEPTED],
        }),
      ],
    ],
    [
      "nobody answered in time",
      [wanted({ status: "expired", history: [PENDING, step("expired", "git-hive")] })],
    ],
    ["was withdrawn", [wanted({ status: "cancelled", history: [PENDING, step("cancelled", "session-2")] })]],
    ["was taken over", [overTo(taken())]],
    ["was handed over", [byHandover, handover()]],
    ["is offered and not accepted yet", [accepted(), handover({}, ["pending"])]],
  ])("has no fault where it %s", (_, collaborations) => {
    expect(faultsOf({ sessions: ALL, collaborations })).toEqual([]);
  });

  it("is valid in the archive too, for request and handover", () => {
    const archived = [handover()];
    expect(faultsOf({ sessions: ALL, collaborations: [byHandover], archived })).toEqual([]);
    const more = [`coordination/ARCHIVE/COLLABORATIONS/2026/01/${HANDOVER}.json`];
    expect(faultsOf({ sessions: ALL, collaborations: [byHandover], more })).toEqual([]);
  });

  it.each([
    [
      "is nobody's, and names no skill",
      [accepted({ to_session: null, history: [PENDING], status: "pending" })],
      ["holder"],
    ],
    ["is somebody's who did not accept it", [wanted({ to_session: "session-1" })], ["holder"]],
    [
      "is nobody's after it was accepted",
      [wanted({ status: "accepted", history: [PENDING, ACCEPTED] })],
      ["holder"],
    ],
    [
      "is accepted by the requester",
      [
        wanted({
          to_session: "session-2",
          status: "accepted",
          history: [PENDING, step("accepted", "session-2")],
        }),
      ],
      ["move"],
    ],
    [
      "is declined for all",
      [wanted({ status: "declined", history: [PENDING, step("declined", "session-3")] })],
      ["move"],
    ],
    ["is declined by the requester", [wanted({ history: [PENDING, declined("session-2")] })], ["move"]],
    [
      "is declined for one though it names one",
      [accepted({ status: "pending", history: [PENDING, declined("session-1")] })],
      ["move"],
    ],
    [
      "is taken over while it waits",
      [
        accepted({
          to_session: "session-3",
          status: "pending",
          history: [PENDING, taken({ status: "pending" })],
        }),
      ],
      ["move"],
    ],
    [
      "is taken over into another status",
      [
        accepted({
          to_session: "session-3",
          status: "in_progress",
          history: [PENDING, ACCEPTED, taken({ status: "in_progress" })],
        }),
      ],
      ["move"],
    ],
    ["is taken over from somebody else", [overTo(taken({ taken_from: "session-2" }))], ["move"]],
    [
      "is taken over by the requester",
      [accepted({ to_session: "session-2", history: [PENDING, ACCEPTED, taken({ session: "session-2" })] })],
      ["move"],
    ],
    [
      "is moved on by its earlier holder",
      [
        accepted({
          to_session: "session-3",
          status: "completed",
          history: [
            PENDING,
            ACCEPTED,
            step("in_progress", "session-1"),
            taken({ status: "in_progress" }),
            step("completed", "session-1"),
          ],
        }),
      ],
      ["move"],
    ],
    ["was handed over by what is not there", [byHandover], ["handoff"]],
    ["was handed over by what nobody accepted", [byHandover, handover({}, ["pending"])], ["handoff"]],
    [
      "was handed over to another",
      [
        byHandover,
        handover({
          to_session: "session-2",
          history: path.map((status, index) => step(status, index === 0 ? "session-1" : "session-2")),
        }),
      ],
      ["handoff"],
    ],
    [
      "was handed over by what is about another",
      [byHandover, handover({ handoff: { request: "collab-1" } })],
      ["handoff", "handoff"],
    ],
    ["did not change hands though that was accepted", [accepted(), handover()], ["handoff"]],
  ])("has a fault where it %s", (_, collaborations, rules) => {
    const found = faultsOf({ sessions: ALL, collaborations }).map(({ rule }) => rule);
    expect(found.sort()).toEqual(rules);
  });
});

describe("an unreadable file has a finding of its own, and", () => {
  it("the registry's entry of that session is not compared", () => {
    const parts = {
      more: ["coordination/SESSIONS/session-3.json"],
      registry: registryWith({ "session-3": entry("session-3") }),
    };
    expect(faultsOf(parts)).toEqual([]);
  });

  it("the board is not compared", () => {
    const more = ["coordination/MESSAGES/2026/01/31/01KG9M2V0000000000000000AB.md"];
    expect(faultsOf({ more, board: "?" })).toEqual([]);
  });

  it("other files may refer to it", () => {
    const messages = [aMessage({ from: "session-3", request_id: "collab-7" })];
    const more = ["coordination/SESSIONS/session-3.json", "coordination/ACTIVE/COLLABORATIONS/collab-7.json"];
    expect(faultsOf({ messages, more })).toEqual([]);
  });
});

describe("clocks that differ by ten minutes", () => {
  it("are tolerated", () => {
    expect(faultsOf({ heartbeats: [aHeartbeat({ last_heartbeat: minutesAfterNoon(10) })] })).toEqual([]);
  });
});

describe("an imported record", () => {
  it("may name missing sessions and requests", () => {
    const messages = [aMessage({ from: "old-1", to: "old-2", request_id: "collab-1", seed_from: "Old 1" })];
    expect(faultsOf({ messages })).toEqual([]);
  });
});

describe("a file that no reader looks for", () => {
  it.each([
    "SESSIONS/session-3.yaml",
    "SESSIONS/deep/session-3.json",
    "heartbeats/session-3.json",
    "HEARTBEATS",
    "Hive.yaml",
    "REGISTRY.json/x",
    "MESSAGES/2026/1/31/01KG9M2V0000000000000000AB.md",
    "MESSAGES/01KG9M2V0000000000000000AB.md",
    "ACTIVE/COLLABORATIONS/notes.txt",
    "ARCHIVE/COLLABORATIONS/collab-1.json",
  ])("%s", (name) => {
    const faults = faultsOf({ more: [`coordination/${name}`] });
    expect(faults.filter(({ rule }) => rule === "place")).toEqual([
      {
        path: `coordination/${name}`,
        rule: "place",
        message: expect.stringContaining("expected "),
      },
    ]);
  });
});

describe("a name that some platform refuses", () => {
  it.each([
    "con.json",
    "NUL",
    "a:b",
    "a\\b",
    "what?",
    "a.",
    "a ",
    "x\ny",
    "x\u001b[31m",
    "gpj\u202eexe",
    "a\u200bb",
    "\ufffd",
    "..",
    ".git/config",
    ".GIT/hooks",
    "git~1",
    "x".repeat(201),
  ])("%j", (name) => {
    const faults = faultsOf({ more: [`coordination/docs/${name}`] });
    expect(faults).toMatchObject([{ rule: "name", path: `coordination/docs/${name}` }]);
  });

  it.each([
    ["session-3.json", "Session-3.json"],
    ["e\u0301.md", "\u00e9.md"],
    ["docs/a", "DOCS/b"],
  ])("%s beside %s", (one, two) => {
    const faults = faultsOf({ more: [`coordination/x/${one}`, `coordination/x/${two}`] });
    expect(faults).toMatchObject([{ rule: "twin" }]);
  });

  it("attributes in a folder of the hub", () => {
    const more = ["coordination/SESSIONS/.gitattributes", "coordination/docs/.GITATTRIBUTES"];
    const faults = faultsOf({ more }).filter(({ rule }) => rule === "attributes");
    expect(faults.map(({ path }) => path)).toEqual(more);
  });

  it.each([
    ["* merge=union\n", 0],
    [`${ATTRIBUTES_TEXT}\n/SESSIONS/** working-tree-encoding=UTF-16\n`, ATTRIBUTES_TEXT.length + 1],
    ["x filter=evil", 0],
  ])("attributes of the hub beside its own: %j", (value, offset) => {
    const path = "coordination/.gitattributes";
    const hub = { ...aHub({ more: [path] }), attributes: [{ path, value }] };
    expect(checkState(hub, NOON)).toMatchObject([{ path, rule: "attributes", offset }]);
    const own = [{ path, value: `${ATTRIBUTES_TEXT}\n# a comment\n` }];
    expect(checkState({ ...hub, attributes: own }, NOON)).toEqual([]);
  });
});

describe("the rules", () => {
  it("never throw, for any file names", () => {
    return fc.assert(
      fc.property(fc.array(hostileText, { maxLength: 5 }), (names) => {
        const more = names.map((name) => `coordination/${name}`);
        for (const { path } of faultsOf({ more })) expect([...aHub({ more }).paths]).toContain(path);
      }),
    );
  });

  it("find all faults at once", () => {
    const parts = { heartbeats: [aHeartbeat({ session_id: "session-9" })], board: "?", format: 9 };
    expect(
      faultsOf({ ...parts, sessions: SESSIONS.slice(0, 1) })
        .map(({ rule }) => rule)
        .sort(),
    ).toEqual(["board", "format", "reference", "reference", "reference"].sort());
  });
});
