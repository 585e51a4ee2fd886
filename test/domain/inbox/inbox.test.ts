import { describe, expect, it } from "vitest";
import { inbox } from "../../../src/domain/inbox/inbox.ts";
import { markShown } from "../../../src/domain/inbox/mark-shown.ts";
import { NO_MARKS, type ReadMarks } from "../../../src/domain/inbox/read-marks.ts";
import { aCollaboration, aMessage, aProfile, aState, NOON } from "../../support/builders.ts";

const ME = aProfile().id;
const REQUEST = aCollaboration();
const TOLD = aMessage({
  id: "01KG9M2V0000000000000000CC",
  from: "session-2",
  to: "session-1",
  request_id: REQUEST.request_id,
});
const OLD = aMessage({ id: "01KG9M2V0000000000000000AA", from: "session-2" });
const URGENT = aMessage({ id: "01KG9M2V0000000000000000BB", from: "session-2", priority: "urgent" });
const STATE = aState({ sessions: [aProfile()], messages: [OLD, URGENT, TOLD], collaborations: [REQUEST] });

function read(marks: ReadMarks, showsRead = false) {
  return inbox(STATE, ME, marks, NOON, showsRead);
}

describe("an inbox", () => {
  it("lists unread messages, most urgent first, and requests separately", () => {
    const view = read(NO_MARKS);
    expect(view).toMatchObject({ messages: [URGENT, OLD], requests: [REQUEST], unread: 3 });
  });

  it("lists messages left unread again, and read messages no more", () => {
    const shown = { messages: [URGENT], requests: [] };
    expect(read(markShown(STATE, ME, NO_MARKS, shown, false))).toEqual(read(NO_MARKS));
    expect(read(markShown(STATE, ME, NO_MARKS, shown, true))).toMatchObject({ messages: [OLD], unread: 2 });
  });

  it("lists a request until it is answered, and does not count it after it was read", () => {
    const marks = markShown(STATE, ME, NO_MARKS, { messages: [OLD, URGENT], requests: [REQUEST] }, true);
    expect(read(marks)).toMatchObject({ messages: [], requests: [REQUEST], unread: 0 });
  });

  it("counts a request without a known announcement until it is answered", () => {
    const state = { ...STATE, messages: [] };
    const marks = markShown(state, ME, NO_MARKS, { messages: [], requests: [REQUEST] }, true);
    expect(inbox(state, ME, marks, NOON).unread).toBe(1);
    const known = aState({ collaborations: [{ ...REQUEST, message_id: TOLD.id }] });
    const all = { messages: [], requests: [...known.collaborations.values()] };
    expect(inbox(known, ME, markShown(known, ME, NO_MARKS, all, true), NOON).unread).toBe(0);
  });

  it("of a new session excludes older messages to all, but not older messages to it", () => {
    const came = aProfile({ registered_at: "2026-02-02T12:00:00Z" });
    const late = aMessage({ ...OLD, id: "01KG9M2V0000000000000000DD", sent_at: "2026-02-01T12:00:01Z" });
    const state = aState({ sessions: [came], messages: [OLD, TOLD, late] });
    expect(inbox(state, ME, NO_MARKS, NOON)).toMatchObject({ messages: [TOLD, late], unread: 2 });
    expect(inbox(state, ME, NO_MARKS, NOON, true).messages).toHaveLength(3);
    const marks = markShown(state, ME, NO_MARKS, { messages: [TOLD, late], requests: [] }, true);
    expect(inbox(state, ME, marks, NOON).unread).toBe(0);
  });

  it("takes the announcement as a request's message, not the notice of its end", () => {
    const notice = aMessage({ ...TOLD, id: "01KG9M2V0000000000000000FF", from: "git-hive" });
    for (const messages of [
      [notice, TOLD],
      [TOLD, notice],
    ]) {
      const state = aState({ sessions: [aProfile()], messages, collaborations: [REQUEST] });
      expect(markShown(state, ME, NO_MARKS, { messages: [], requests: [REQUEST] }, false).kept).toEqual([
        TOLD.id,
      ]);
    }
  });

  it("with read messages lists all, newest first, and counts the same", () => {
    const marks = markShown(STATE, ME, NO_MARKS, { messages: [URGENT], requests: [] }, true);
    expect(read(marks, true)).toMatchObject({ messages: [URGENT, OLD], unread: 2 });
  });
});
