import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inbox } from "../../../src/domain/inbox/inbox.ts";
import { NO_MARKS } from "../../../src/domain/inbox/read-marks.ts";
import type { Collaboration } from "../../../src/domain/requests/collaboration.ts";
import { describeReceipt, isSeen, receiptOf } from "../../../src/domain/requests/receipt.ts";
import { remind } from "../../../src/domain/requests/reminders.ts";
import { waitsFor } from "../../../src/domain/requests/waits-for.ts";
import { offersSkill } from "../../../src/domain/sessions/skill.ts";
import { aCollaboration, aHeartbeat, aMessage, aProfile, aState, NOON } from "../../support/builders.ts";
import { hostileText } from "../../support/hostile.ts";
import { isOneVisibleLine } from "../../support/unsafe.ts";

const EARLY = "01KG9M2V0000000000000000AA";
const MESSAGE = "01KG9M2V0000000000000000AB";
const LATE = "01KG9M2V0000000000000000AC";
const NOW = "2026-01-31T15:00:00Z";

/** A session that offers Go. */
function aGopher(id: string, over: object = {}) {
  return aProfile({ id, specialization: ["Go"], ...over });
}

const SESSIONS = [aProfile(), aProfile({ id: "session-2" }), aGopher("session-3"), aGopher("session-4")];
const [ONE, TWO, THREE] = SESSIONS.map(({ id }) => id);
if (!ONE || !TWO || !THREE) throw new Error("three sessions are expected");

const direct = aCollaboration({ message_id: MESSAGE });
const open = aCollaboration({
  request_id: "collab-1769860800-open",
  to_session: null,
  to_capability: " go",
  message_id: MESSAGE,
});

function stateOf(collaborations: readonly Collaboration[], sessions = SESSIONS) {
  const heartbeats = [aHeartbeat({ last_heartbeat: "2026-01-31T13:00:00Z" })];
  return aState({ sessions, collaborations, heartbeats });
}

describe("a skill is offered", () => {
  it.each([
    [{ capabilities_offered: ["  GO "] }, true],
    [{ specialization: ["go"] }, true],
    [{ offers: [{ skill: "Go", since: NOON }] }, true],
    [{ offers: [{ skill: "go", since: NOON, until: "2026-01-31T15:00:01Z" }] }, true],
    [{ offers: [{ skill: "go", since: NOON, until: NOW }] }, false],
    [{ specialization: ["golang", "go kart"] }, false],
    [{ role: "go" }, false],
  ])("by a profile with %j: %s", (over, isOffered) => {
    expect(offersSkill(aProfile(over), "Go", NOW)).toBe(isOffered);
  });
});

describe("a request is seen", () => {
  it.each([
    [undefined, false],
    [{ until: EARLY, also: [] }, false],
    [{ until: EARLY, also: [LATE] }, false],
    [{ until: EARLY, also: [MESSAGE] }, true],
    [{ until: MESSAGE, also: [] }, true],
    [{ until: LATE, also: [] }, true],
  ])("by a session that has read %j: %s", (read, isIt) => {
    expect(isSeen(direct, aProfile({ read }))).toBe(isIt);
  });

  it("by no session without a receipt", () => {
    expect(isSeen(direct, undefined)).toBe(false);
    expect(isSeen(aCollaboration(), aProfile({ read: { until: LATE, also: [] } }))).toBe(false);
    expect(receiptOf(aCollaboration(), stateOf([]), NOW)).toBeUndefined();
    expect(receiptOf({ ...direct, status: "accepted" }, stateOf([]), NOW)).toBeUndefined();
  });

  it("by a number of the sessions that offer the skill of an open request", () => {
    const read = { until: LATE, also: [] };
    const sessions = [
      aGopher("session-3", { read }),
      aGopher("session-4"),
      aProfile({ id: "session-5", read }),
    ];
    const receipt = receiptOf(open, stateOf([], sessions), NOW);
    expect(receipt).toEqual({ waiting_for: ["session-3", "session-4"], seen_by: ["session-3"] });
    expect(receipt && describeReceipt(receipt, true)).toBe("seen by 1 of 2");
    expect(describeReceipt({ waiting_for: [], seen_by: [] }, true)).toBe("no session can take it yet");
  });
});

describe("a request waits for", () => {
  it.each([
    ["the addressee", direct, ["session-1"]],
    ["the sessions that offer the skill", open, ["session-3", "session-4"]],
    [
      "every session but the requester, if it names no skill",
      { ...open, to_capability: undefined },
      ["session-1", "session-3", "session-4"],
    ],
    ["no session, after it is answered", { ...direct, status: "accepted" as const }, []],
  ])("%s", (_, request, ids) => {
    const waiting = SESSIONS.filter(({ id }) => waitsFor(request, id, stateOf([]), NOW));
    expect(waiting.map(({ id }) => id)).toEqual(ids);
  });

  it("no session that has declined it", () => {
    const history = [{ status: "pending", session: "session-3", at: NOON, declined: true }];
    const request = aCollaboration({ ...open, history });
    expect(waitsFor(request, THREE, stateOf([]), NOW)).toBe(false);
  });
});

describe("an inbox", () => {
  const announcement = aMessage({ id: MESSAGE, from: "session-2", to: "all", request_id: open.request_id });
  const inboxOf = (session: typeof ONE, collaborations: Collaboration[], messages = [announcement]) =>
    inbox({ ...stateOf(collaborations), messages }, session, NO_MARKS, NOW);

  it("shows an open request to the sessions that offer the skill, as a request and not as a message", () => {
    expect(inboxOf(THREE, [open])).toMatchObject({ requests: [open], messages: [], unread: 1 });
    expect(inboxOf(ONE, [open])).toMatchObject({ requests: [], messages: [], unread: 0 });
    const taken = aCollaboration({ ...open, to_session: "session-4", status: "accepted" });
    expect(inboxOf(THREE, [taken])).toMatchObject({ requests: [], messages: [], unread: 0 });
  });

  it("shows an imported announcement of a request as a message", () => {
    const old = aMessage({ ...announcement, seed_path: "MESSAGES.md" });
    expect(inboxOf(ONE, [], [old]).messages).toEqual([old]);
  });

  it("shows the requester whether a pending request was seen", () => {
    expect(inboxOf(TWO, [direct]).asked).toEqual([
      { ...direct, seen: false, receipt: { waiting_for: ["session-1"], seen_by: [] } },
    ]);
    const done = aCollaboration({ ...direct, status: "accepted" });
    expect(inboxOf(TWO, [done]).asked).toEqual([done]);
  });
});

describe("a session gets a reminder", () => {
  it("of its unanswered request, with the age, the addressee and whether it was seen", () => {
    expect(remind(stateOf([direct]), TWO, NOW)).toEqual([
      {
        kind: "unanswered",
        request_id: direct.request_id,
        session: "session-1",
        since: NOON,
        deadline: null,
        last_alive: "2026-01-31T13:00:00Z",
        seen: false,
        text: "You asked session-1 3h ago, last alive 2h ago, not seen yet: Please help",
        next: "hive inbox",
      },
    ]);
  });

  it("with a command to find another session when the addressee is offline", () => {
    const request = aCollaboration({ ...direct, to_session: "session-4", request: "-v `rm`\nPlease" });
    expect(remind(stateOf([request]), TWO, NOW)).toMatchObject([
      {
        text: "You asked session-4 3h ago, never seen, not seen yet: -v `rm` Please",
        next: "hive match -- '-v `rm` Please'",
      },
    ]);
  });

  it("of its open request, with the number of sessions that have seen it", () => {
    expect(remind(stateOf([open]), TWO, NOW)).toMatchObject([
      { session: null, seen: false, text: "You asked whoever offers go 3h ago, seen by 0 of 2: Please help" },
    ]);
  });

  it("of a request that waits for its answer, with the command to accept it", () => {
    const request = aCollaboration({ ...direct, deadline: "2026-01-31T16:30:00Z" });
    expect(remind(stateOf([request]), ONE, NOW)).toMatchObject([
      {
        kind: "waiting",
        session: "session-2",
        deadline: "2026-01-31T16:30:00Z",
        seen: null,
        text: "session-2 (unverified) asks you, normal, 3h ago, 1h left: Please help",
        next: `hive accept ${direct.request_id}`,
      },
    ]);
    expect(remind(stateOf([open]), THREE, NOW)).toMatchObject([
      { text: "session-2 (unverified) asks whoever offers go, normal, 3h ago: Please help" },
    ]);
  });

  it("of a deadline that has passed", () => {
    const request = aCollaboration({ ...direct, deadline: "2026-01-31T14:00:00Z" });
    expect(remind(stateOf([request]), ONE, NOW)[0]?.text).toContain("past its deadline by 1h");
  });

  it.each([
    ["accepted", "start"],
    ["in_progress", "complete"],
  ] as const)("of a request it holds that is %s", (status, verb) => {
    const history = [{ status: "accepted", session: "session-1", at: NOON }];
    expect(remind(stateOf([aCollaboration({ status, history })]), ONE, NOW)).toMatchObject([
      { kind: "held", since: NOON, next: `hive ${verb} ${direct.request_id}` },
    ]);
  });

  it("of urgent requests first, then of the oldest, and of none that has ended", () => {
    const ids = ["collab-3", "collab-1", "collab-2", "collab-4"];
    const urgencies = ["normal", "normal", "urgent", "high"];
    const requests = ids.map((request_id, at) => aCollaboration({ request_id, urgency: urgencies[at] }));
    const ended = aCollaboration({ request_id: "collab-9", status: "declined" });
    expect(remind(stateOf([...requests, ended]), ONE, NOW).map(({ request_id }) => request_id)).toEqual([
      "collab-2",
      "collab-4",
      "collab-1",
      "collab-3",
    ]);
  });

  it("on one line, for any text of the request", () => {
    return fc.assert(
      fc.property(hostileText, fc.constantFrom(ONE, TWO), (request, session) => {
        for (const { text, next } of remind(stateOf([aCollaboration({ request })]), session, NOW))
          expect([text, next].every(isOneVisibleLine)).toBe(true);
      }),
    );
  });
});
