import { describe, expect, it } from "vitest";
import { cancelledFor, wasAccepted } from "../../../src/domain/inbox/cancelled.ts";
import { inbox } from "../../../src/domain/inbox/inbox.ts";
import { markShown } from "../../../src/domain/inbox/mark-shown.ts";
import { newsFor } from "../../../src/domain/inbox/news.ts";
import { NO_MARKS } from "../../../src/domain/inbox/read-marks.ts";
import { aCollaboration, aMessage, aProfile, aState, NOON } from "../../support/builders.ts";

const ME = aProfile().id;
const LATER = "2026-02-20T12:00:00Z";

const step = (status: string, session: string, more: object = {}) => ({ status, session, at: NOON, ...more });
const ASKED = step("pending", "session-2");
const CANCELLED = step("cancelled", "session-2", { note: "Not needed" });

/** A request of session-2 to this session, cancelled after these steps. */
function cancelled(steps: ReturnType<typeof step>[], over: object = {}) {
  const history = [ASKED, ...steps, CANCELLED];
  return aCollaboration({ from_session: "session-2", status: "cancelled", history, ...over });
}

function withRequest(request: ReturnType<typeof aCollaboration>) {
  const { request_id } = request;
  const subject = `Request ${request_id}`;
  const told = { id: "01KG9M2V0000000000000000AA", from: "session-2", to: "session-1", request_id, subject };
  return aState({ sessions: [aProfile()], collaborations: [request], messages: [aMessage(told)] });
}

describe("the cancelled requests of a session", () => {
  it.each([
    ["that it had not answered", [], false],
    ["that it had accepted", [step("accepted", "session-1")], true],
    ["that it worked on", [step("accepted", "session-1"), step("in_progress", "session-1")], true],
  ])("are those %s, until it has read that", (_, steps, accepted) => {
    const request = cancelled(steps);
    const state = withRequest(request);
    expect(wasAccepted(request)).toBe(accepted);
    const view = inbox(state, ME, NO_MARKS, NOON);
    expect(view).toMatchObject({ cancelled: [request], messages: [], requests: [], unread: 0 });
    expect(newsFor(state, ME, NOON, new Set())).toMatchObject([
      { kind: "cancelled", key: `${request.request_id}:cancelled` },
    ]);
    const kept = markShown(state, ME, NO_MARKS, view, false);
    expect(cancelledFor(state, ME, kept, NOON)).toHaveLength(1);
    const read = markShown(state, ME, NO_MARKS, view, true);
    expect(inbox(state, ME, read, NOON)).toMatchObject({ cancelled: [], messages: [] });
    expect(newsFor(state, ME, NOON, new Set(), read)).toEqual([]);
    expect(inbox(state, ME, read, NOON, true)).toMatchObject({ cancelled: [request] });
    expect(cancelledFor(state, ME, NO_MARKS, LATER as never)).toEqual([]);
  });

  it.each([
    ["its own", { from_session: "session-1", to_session: "session-2" }],
    ["to another", { to_session: "session-3" }],
    ["that nobody had", { to_session: null }],
    ["that ended otherwise", { status: "completed" }],
  ])("are none %s", (_, over) => {
    expect(cancelledFor(withRequest(cancelled([], over)), ME, NO_MARKS, NOON)).toEqual([]);
  });
});

describe("the message that announced a request", () => {
  it.each(["accepted", "in_progress", "completed", "declined", "cancelled", "expired"])(
    "is unread no more once the request is %s",
    (status) => {
      const state = withRequest(aCollaboration({ status, from_session: "session-2" }));
      expect(inbox(state, ME, NO_MARKS, NOON)).toMatchObject({ messages: [], unread: 0 });
      expect(inbox(state, ME, NO_MARKS, NOON, true).messages).toHaveLength(1);
      expect(newsFor(state, ME, NOON, new Set()).filter(({ kind }) => kind === "message")).toEqual([]);
    },
  );

  it("is unread no more once the request is archived, and a notice about the request is unread as ever", () => {
    const { messages, sessions } = withRequest(aCollaboration());
    const [told] = messages;
    const notice = {
      ...told,
      id: "01KG9M2V0000000000000000BB",
      subject: `Request ${told?.request_id} ended`,
    };
    const state = aState({ sessions: [...sessions.values()], messages: [...messages, aMessage(notice)] });
    expect(inbox(state, ME, NO_MARKS, NOON)).toMatchObject({ messages: [{ id: notice.id }], unread: 1 });
  });
});
