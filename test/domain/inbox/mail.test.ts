import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mailFor, unanswered } from "../../../src/domain/inbox/mail.ts";
import { thread } from "../../../src/domain/messages/find.ts";
import { mostUrgentFirst } from "../../../src/domain/messages/order.ts";
import { aMessage, aProfile, aState } from "../../support/builders.ts";

const ME = aProfile().id;
const [T1, T2] = ["01KG9M2V00000000000000T001", "01KG9M2V00000000000000T002"];

let made = 0;
/** A message of session-2, later than the previous one. */
function said(over: Parameters<typeof aMessage>[0] = {}) {
  made++;
  const id = `01KG9M2W00${String(made).padStart(16, "0")}`;
  return aMessage({ id, from: "session-2", to: "session-1", ...over });
}

function mail(messages: ReturnType<typeof said>[], profile: object = {}) {
  return mailFor(aState({ sessions: [aProfile(profile)], messages }), ME);
}

describe("the mail of a session", () => {
  it.each([
    ["to it", {}, {}, true],
    ["to all", { to: "all" }, {}, true],
    ["to another", { to: "session-3" }, {}, false],
    ["its own", { from: "session-1", to: "all" }, {}, false],
    ["about a topic", { to: "#deploy" }, {}, false],
    ["about a topic it follows", { to: "#deploy" }, { follows: ["#deploy"] }, true],
    ["of a conversation it follows", { to: "#deploy", thread: T1 }, { follows: [T1] }, true],
    ["the first of a conversation it follows", { to: "#deploy", id: T1 }, { follows: [T1] }, true],
    ["by a session it muted", { to: "all" }, { mutes: ["session-2"] }, false],
    ["to it, by a session it muted", {}, { mutes: ["session-2"] }, false],
    ["urgent and to it, by a session it muted", { priority: "urgent" }, { mutes: ["session-2"] }, true],
    [
      "urgent and to all, by a session it muted",
      { priority: "urgent", to: "all" },
      { mutes: ["session-2"] },
      false,
    ],
    ["of a conversation it muted", { thread: T1 }, { mutes: [T1] }, false],
    ["of another conversation than it muted", { thread: T2 }, { mutes: [T1] }, true],
    ["about a topic it muted", { to: "#deploy", thread: T1 }, { follows: [T1], mutes: ["#deploy"] }, false],
  ])("a message %s", (_, over, profile, isMail) => {
    const message = said(over);
    expect(mail([message], profile)).toEqual(isMail ? [message] : []);
  });

  it("includes later messages of its own topic conversation, but no other messages of the topic", () => {
    const mine = said({ from: "session-1", to: "#deploy" });
    const answer = said({ to: "#deploy", thread: mine.id });
    expect(mail([mine, answer, said({ to: "#deploy" })])).toEqual([answer]);
  });

  it("excludes messages between two others in a conversation that it wrote in", () => {
    const mine = said({ from: "session-1", to: "session-2" });
    expect(mail([mine, said({ to: "session-3", thread: mine.id })])).toEqual([]);
  });

  it("needs no registration", () => {
    const [toMe, toAll] = [said(), said({ to: "all" })];
    expect(mailFor(aState({ messages: [toMe, toAll] }), ME)).toEqual([toMe, toAll]);
  });
});

describe("the order of an inbox", () => {
  const message = fc
    .record({
      priority: fc.constantFrom("normal", "high", "urgent"),
      minute: fc.integer({ min: 0, max: 3 }),
      number: fc.nat(999),
    })
    .map(({ priority, minute, number }) =>
      aMessage({
        id: `01KG9M2V00${String(number).padStart(16, "0")}`,
        priority,
        sent_at: `2026-01-31T12:0${minute}:00Z`,
      }),
    );

  it("is urgent, high, normal, and within each oldest first, for any input order", () => {
    return fc.assert(
      fc.property(fc.uniqueArray(message, { selector: ({ id }) => id }), (messages) => {
        const sorted = messages.toSorted(mostUrgentFirst);
        expect(messages.toReversed().sort(mostUrgentFirst)).toEqual(sorted);
        const keys = sorted.map(
          ({ priority, sent_at }) => `${["urgent", "high", "normal"].indexOf(priority)} ${sent_at}`,
        );
        expect(keys).toEqual(keys.toSorted());
      }),
    );
  });
});

describe("a question", () => {
  const open = (messages: ReturnType<typeof said>[], id: string) => {
    const state = aState({ sessions: [aProfile()], messages });
    const session = aProfile({ id }).id;
    return unanswered(state, session, mailFor(state, session));
  };

  it("is open for both sessions until the addressee answers", () => {
    const ask = said({ intent: "ask" });
    const more = said({ thread: ask.id, reply_to: ask.id });
    for (const id of ["session-1", "session-2"]) expect(open([ask, more], id)).toEqual([ask]);
    expect(open([ask], "session-3")).toEqual([]);
    const answer = said({ from: "session-1", to: "session-2", thread: ask.id, reply_to: more.id });
    for (const id of ["session-1", "session-2"]) expect(open([ask, more, answer], id)).toEqual([]);
  });

  it("is answered also by a reply from a host whose clock is behind", () => {
    const answer = said({ from: "session-1", to: "session-2" });
    const ask = said({ intent: "ask" });
    expect(open([{ ...answer, reply_to: ask.id, thread: ask.id }, ask], "session-2")).toEqual([]);
  });

  it("to a topic is open for the asking session until any other session answers", () => {
    const ask = said({ intent: "ask", to: "#deploy" });
    expect(open([ask], "session-2")).toEqual([ask]);
    expect(open([ask], "session-1")).toEqual([]);
    expect(open([ask, said({ from: "session-7", to: "#deploy", thread: ask.id })], "session-2")).toEqual([]);
  });

  it("in a muted conversation does not wait for the session that muted it", () => {
    const ask = said({ intent: "ask" });
    const state = aState({ sessions: [aProfile({ mutes: [ask.id] })], messages: [ask] });
    expect(unanswered(state, ME, mailFor(state, ME))).toEqual([]);
  });
});

it("a conversation lists all its messages, oldest first, and no others", () => {
  const first = said({ sent_at: "2026-01-31T12:00:00Z" });
  const last = said({ sent_at: "2026-01-31T12:02:00Z", thread: first.id });
  const middle = said({ sent_at: "2026-01-31T12:01:00Z", thread: first.id });
  expect(thread([last, said(), first, middle], first.id)).toEqual([first, middle, last]);
});
