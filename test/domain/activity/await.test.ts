import { describe, expect, it } from "vitest";
import { type Awaited, findFirstHappening } from "../../../src/domain/activity/await.ts";
import { readAwaited } from "../../../src/domain/activity/read-awaited.ts";
import { NO_MARKS, type ReadMarks } from "../../../src/domain/inbox/read-marks.ts";
import { SessionId, type Ulid } from "../../../src/domain/values/ids.ts";
import { aCollaboration, aHeartbeat, aMessage, aProfile, aState, NOON } from "../../support/builders.ts";

const ME = SessionId.parse("session-1");
const OTHER = SessionId.parse("session-2");
const ID = "01KG9M2V0000000000000000AA";
const REPLY = "01KG9M2V0000000000000000BB";
const LATER = "2026-01-31T12:20:00Z";

/** The marks of a reader of some messages. */
function readMarks(known: readonly string[]): ReadMarks {
  return { ...NO_MARKS, seen: { ...NO_MARKS.seen, also: known as readonly Ulid[] as Ulid[] } };
}

type Over = Parameters<typeof aState>[0];

/** The happening that one word waits for, in a state. Messages with the known ids are read. */
function happened(
  word: string,
  over: Over,
  { known = [], ended = false, from }: { known?: string[]; ended?: boolean; from?: SessionId } = {},
) {
  const state = aState(over);
  const awaited = readAwaited(word, state, { untilEnded: ended, from });
  if (awaited === undefined || awaited.kind === "refusal") throw new Error(`${word} is not understood`);
  return findFirstHappening(state, [awaited], { session: ME, marks: readMarks(known) }, NOON);
}

const mine = (status: string) => aCollaboration({ from_session: ME, to_session: OTHER, status });

describe("an awaited request", () => {
  it.each([
    ["pending", false, false],
    ["accepted", true, false],
    ["in_progress", true, false],
    ["completed", true, true],
    ["declined", true, true],
    ["cancelled", true, true],
    ["expired", true, true],
  ])("that is %s is answered: %s, and has ended: %s", (status, isAnswered, hasEnded) => {
    const state = { collaborations: [mine(status)] };
    expect(happened("collab-1", state) !== undefined).toBe(isAnswered);
    expect(happened("collab-1", state, { ended: true }) !== undefined).toBe(hasEnded);
  });

  it("is found in the archive too", () => {
    expect(happened("collab-17", { archived: [mine("completed")] })).toMatchObject({
      kind: "request",
      for: "collab-17",
      at: NOON,
      collaboration: { status: "completed" },
    });
  });

  it("may be named by the start of its id, and must exist", () => {
    const [a, b] = ["collab-1-aaaa", "collab-1-aaaabb"].map((id) => aCollaboration({ request_id: id }));
    const state = aState({ collaborations: a && b ? [a, b] : [] });
    const read = (word: string) => readAwaited(word, state, { untilEnded: false, from: undefined });
    expect(read("collab-1-aaaab")).toMatchObject({ kind: "request", id: "collab-1-aaaabb" });
    expect(read("collab-1-aaaa")).toMatchObject({ kind: "request", id: "collab-1-aaaa" });
    expect(read("collab-1")).toMatchObject({ kind: "refusal", code: "ambiguous_request" });
    expect(read("collab-2")).toMatchObject({ kind: "refusal", code: "unknown_request" });
    expect(read("")).toBeUndefined();
    expect(read("../x")).toBeUndefined();
  });
});

describe("any request", () => {
  it("happens when a request waits for my answer, the oldest first", () => {
    const asks = (id: string, over: object = {}) => aCollaboration({ request_id: id, ...over });
    const collaborations = [
      asks("collab-3-aaaa"),
      asks("collab-2-aaaa"),
      asks("collab-1-aaaa", { to_session: "session-3" }),
      asks("collab-1-bbbb", { status: "accepted" }),
    ];
    expect(happened("request", { collaborations })).toMatchObject({
      collaboration: { request_id: "collab-2-aaaa" },
    });
    expect(happened("request", { collaborations: collaborations.slice(2) })).toBeUndefined();
    expect(happened("request", { collaborations: [mine("pending")] })).toBeUndefined();
  });

  it("happens when a request is open to sessions that offer my skill", () => {
    const open = (skill: string | undefined) => ({
      ...aCollaboration(),
      to_session: null as never,
      to_capability: skill,
    });
    const sessions = [aProfile({ specialization: ["react"] })];
    expect(happened("request", { sessions, collaborations: [open("react")] })).toBeDefined();
    expect(happened("request", { sessions, collaborations: [open("go")] })).toBeUndefined();
    expect(happened("request", { sessions, collaborations: [open(undefined)] })).toBeDefined();
    expect(happened("request", { collaborations: [open("react")] })).toBeUndefined();
  });
});

describe("any message", () => {
  const message = aMessage({ from: OTHER });

  it.each([
    ["to all", {}, true],
    ["to me", { to: ME }, true],
    ["to another", { to: "session-3" }, false],
    ["of my own", { from: ME }, false],
  ])("%s: %j happens: %s", (_, over, isSo) => {
    const found = happened("message", { messages: [aMessage({ from: OTHER, ...over })] });
    expect(found !== undefined).toBe(isSo);
  });

  it("to a topic happens for a session that follows the topic and has not muted it", () => {
    const messages = [{ ...message, to: "#build" as never }];
    const to = (over: object) => happened("message", { messages, sessions: [{ ...aProfile(), ...over }] });
    expect(to({ follows: ["#build"] })).toBeDefined();
    expect(to({ follows: ["#build"], mutes: ["#build"] })).toBeUndefined();
    expect(to({})).toBeUndefined();
  });

  it("is the oldest new message, from the session asked for", () => {
    const messages = [
      aMessage({ id: ID, from: OTHER }),
      aMessage({ id: REPLY, from: "session-3", sent_at: LATER }),
    ];
    expect(happened("message", { messages })).toMatchObject({ message: { id: ID } });
    expect(happened("message", { messages }, { known: [ID] })).toMatchObject({ message: { id: REPLY } });
    expect(happened("message", { messages }, { known: [ID, REPLY] })).toBeUndefined();
    expect(happened("message", { messages }, { known: [REPLY], from: OTHER })).toBeDefined();
    expect(happened("message", { messages }, { known: [ID], from: OTHER })).toBeUndefined();
  });
});

describe("an awaited message", () => {
  const asked = aMessage({ id: ID, from: ME, to: OTHER });
  const reply = (over: object) => ({ ...aMessage({ id: REPLY, from: OTHER, to: ME }), ...over });

  it("happens when another session replies", () => {
    expect(happened(ID, { messages: [asked, reply({ reply_to: ID })] })).toMatchObject({
      kind: "message",
      for: ID,
      message: { id: REPLY },
    });
    expect(happened(ID, { messages: [asked, reply({})] })).toBeUndefined();
    expect(happened(ID, { messages: [asked, reply({ reply_to: ID, from: ME })] })).toBeUndefined();
  });
});

describe("an awaited session", () => {
  const seen = (last_heartbeat: string) => ({
    heartbeats: [aHeartbeat({ session_id: OTHER, last_heartbeat })],
  });

  it("happens when it is alive by the reader's clock", () => {
    expect(happened(OTHER, seen(NOON))).toEqual({ kind: "session", for: OTHER, at: NOON, session: OTHER });
    expect(happened(OTHER, seen("2026-01-31T11:00:00Z"))).toBeUndefined();
    expect(happened(OTHER, seen("2026-02-28T12:00:00Z"))).toBeUndefined();
    expect(happened(OTHER, {})).toBeUndefined();
  });
});

it("of several events that have happened, the one named first counts", () => {
  const state = aState({ collaborations: [mine("accepted")], messages: [aMessage({ from: OTHER })] });
  const words = ["session-9", "message", "collab-1769860800-k3f9"];
  const awaited = words.map(
    (word) => readAwaited(word, state, { untilEnded: false, from: undefined }) as Awaited,
  );
  const waiter = { session: ME, marks: readMarks([]) };
  expect(findFirstHappening(state, awaited, waiter, NOON)).toMatchObject({ for: "message" });
});
