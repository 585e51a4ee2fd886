import { describe, expect, it } from "vitest";
import { unansweredIn } from "../../../src/domain/dashboard/waiting.ts";
import { DEFAULT_SETTINGS } from "../../../src/domain/hub/default-settings.ts";
import { ago, ulid } from "../../dashboard/scenes.ts";
import { aCollaboration, aHeartbeat, aMessage, aProfile, aState, NOON } from "../../support/builders.ts";

type Over = NonNullable<Parameters<typeof aState>[0]>;

const here = [aProfile(), aProfile({ id: "session-2" })];
const alive = [aHeartbeat(), aHeartbeat({ session_id: "session-2" })];

function waiting(over: Over) {
  return unansweredIn(aState({ sessions: here, heartbeats: alive, ...over }), NOON);
}

function onlyOf(over: Over) {
  const [first, ...others] = waiting(over);
  expect(others).toEqual([]);
  return first;
}

const asked = aMessage({ id: ulid(1), from: "session-2", to: "session-1", intent: "ask", body: "Which?" });

describe("what has no answer", () => {
  it("is every pending request and every question, with who waits and for whom", () => {
    const collaborations = ["pending", "accepted", "completed"].map((status, index) =>
      aCollaboration({ request_id: `collab-${index}`, status }),
    );
    const messages = [asked, aMessage({ id: ulid(2) })];
    expect(waiting({ collaborations, messages })).toMatchObject([
      { kind: "question", id: ulid(1), from: "session-2", to: "session-1", text: "Which?" },
      { kind: "request", id: "collab-0", from: "session-2", to: "session-1", text: "Please help" },
    ]);
  });

  it("has first what sessions ask their humans, with options, whom that blocks, and the command", () => {
    const needs = { id: ulid(7), question: "Which port?", options: ["80", "81"], since: ago(5) };
    const settings = {
      ...DEFAULT_SETTINGS,
      github: { ...DEFAULT_SETTINGS.github, users: { ada: "session-2" } },
    };
    const sessions = [aProfile(), aProfile({ id: "session-2", needs })];
    const request = aCollaboration({ from_session: "session-1", to_session: "session-9", urgency: "urgent" });
    const collaborations = [
      request,
      aCollaboration({ request_id: "collab-2", ...{ from_session: "session-1", to_session: "session-2" } }),
    ];
    const found = waiting({ sessions, collaborations, settings: settings as never });
    expect(found).toHaveLength(3);
    expect(found[0]).toMatchObject({
      ...{ kind: "need", from: "session-2", to: "@ada", text: "Which port?", options: ["80", "81"] },
      ...{ since: ago(5), stuck: "it asks its human, and blocks session-1", blocks: ["session-1"] },
      next: 'hive tell session-2 "<answer>"',
    });
  });

  it("is no question to which the asked session has written later", () => {
    const answer = aMessage({
      id: ulid(2),
      from: "session-1",
      to: "session-2",
      reply_to: ulid(1),
      thread: ulid(1),
    });
    expect(waiting({ messages: [asked, answer] })).toEqual([]);
  });

  it("comes with what waits for a person first, then the most urgent, then the oldest", () => {
    const request = (name: string, over: object) =>
      aCollaboration({ request_id: `collab-1-${name}`, created_at: ago(10), ...over });
    const found = waiting({
      collaborations: [
        request("young", { created_at: ago(5) }),
        request("older", {}),
        request("urgent", { urgency: "urgent", created_at: ago(1) }),
        request("stuck", { to_session: "session-9" }),
      ],
    });
    expect(found.map(({ id }) => id.slice(9))).toEqual(["stuck", "urgent", "older", "young"]);
  });
});

describe("a request waits for a person", () => {
  const open = { to_session: null, to_capability: "rust" };
  const rust = aProfile({ specialization: ["rust"] });

  it.each<[string, object, Over, string | null]>([
    ["not while its addressee is alive", {}, {}, null],
    [
      "while its addressee is silent",
      {},
      { heartbeats: [aHeartbeat({ last_heartbeat: ago(60) })] },
      "session-1 has been silent for 1h",
    ],
    [
      "while its addressee is offline",
      {},
      { heartbeats: [aHeartbeat({ last_heartbeat: ago(4000) })] },
      "session-1 is offline, last alive 2d ago",
    ],
    [
      "while its addressee is paused",
      {},
      { heartbeats: [aHeartbeat({ status: "paused", status_until: ago(-300) })] },
      "session-1 is paused until 17:00 UTC",
    ],
    ["where nobody has the name", { to_session: "session-9" }, {}, "session-9 is not registered"],
    [
      "when it is overdue",
      { created_at: ago(200), deadline: ago(60) },
      {},
      "overdue, past its deadline by 1h",
    ],
    ["where no session has the skill", open, {}, "no session can take it"],
    ["not where a session that has the skill is alive", open, { sessions: [rust] }, null],
    [
      "where those that have the skill are silent",
      open,
      { sessions: [rust], heartbeats: [aHeartbeat({ last_heartbeat: ago(60) })] },
      "no session that can take it is there",
    ],
    [
      "where a person answers for its addressee",
      {},
      {
        settings: {
          ...aState().settings,
          github: { ...aState().settings.github, users: { kim: "session-1" as never } },
        },
      },
      "@kim answers for session-1",
    ],
  ])("%s", (_, request, over, stuck) => {
    const collaboration = aCollaboration({ message_id: ulid(7), ...request });
    expect(onlyOf({ collaborations: [collaboration], ...over })?.stuck).toBe(stuck);
  });
});

describe("the command that helps", () => {
  it.each<[string, object, string]>([
    ["asks the addressee", {}, 'hive send session-1 "Can you answer collab-1769860800-k3f9?" --intent ask'],
    ["finds another session for a stuck request", { to_session: "session-9" }, 'hive match "Please help"'],
    [
      "quotes the words of others, so that a shell runs nothing",
      { to_session: "session-9", request: "$(rm -rf /) `x` 'y'\nz" },
      "hive match '$(rm -rf /) `x` '\\''y'\\'' z'",
    ],
  ])("%s", (_, request, next) => {
    expect(onlyOf({ collaborations: [aCollaboration(request)] })?.next).toBe(next);
  });

  it("answers a question", () => {
    expect(onlyOf({ messages: [asked] })?.next).toBe(`hive reply ${ulid(1)} "<answer>"`);
  });
});
