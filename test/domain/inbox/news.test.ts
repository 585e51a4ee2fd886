import { describe, expect, it } from "vitest";
import { newsFor } from "../../../src/domain/inbox/news.ts";
import { aCollaboration, aMessage, aProfile, aState, NOON } from "../../support/builders.ts";

const ME = aProfile().id;
const EARLIER = "2026-01-31T11:00:00Z";
const step = (status: string, session: string) => ({ status, session, at: NOON });

function keysFor(over: Parameters<typeof aState>[0], shown: string[] = []): string[] {
  return newsFor(aState(over), ME, NOON, new Set(shown)).map(({ key }) => key);
}

describe("the news for a session", () => {
  it("are requests that wait for it, changes of its own requests, and messages to it and to all", () => {
    const collaborations = [
      aCollaboration({ request_id: "collab-1" }),
      aCollaboration({ request_id: "collab-2", status: "accepted" }),
      aCollaboration({
        request_id: "collab-3",
        from_session: "session-1",
        to_session: "session-2",
        status: "completed",
        history: [step("pending", "session-1"), step("completed", "session-2")],
      }),
    ];
    const messages = [
      aMessage({ id: "01KG9M2V0000000000000000AB", from: "session-2", to: "session-1" }),
      aMessage({ id: "01KG9M2V0000000000000000AC", from: "session-2" }),
    ];
    expect(keysFor({ collaborations, messages })).toEqual([
      "collab-3:completed",
      "collab-1:pending",
      "01KG9M2V0000000000000000AC",
      "01KG9M2V0000000000000000AB",
    ]);
  });

  it("are requests that are open to sessions with its skill", () => {
    const collaborations = [
      aCollaboration({ request_id: "collab-4", to_session: null, to_capability: "Go" }),
      aCollaboration({ request_id: "collab-5", to_session: null, to_capability: "rust" }),
    ];
    const sessions = [aProfile({ capabilities_offered: ["go"] })];
    expect(keysFor({ collaborations, sessions })).toEqual(["collab-4:pending"]);
  });

  it("exclude its own acts, acts between others, and the message that announces a listed request", () => {
    const collaborations = [
      aCollaboration({
        from_session: "session-1",
        to_session: "session-2",
        status: "cancelled",
        history: [step("cancelled", "session-1")],
      }),
      aCollaboration({ request_id: "collab-5" }),
    ];
    const messages = [
      aMessage(),
      aMessage({ id: "01KG9M2V0000000000000000AB", from: "session-2", to: "session-3" }),
      aMessage({
        id: "01KG9M2V0000000000000000AC",
        from: "session-2",
        to: "session-1",
        request_id: "collab-5",
      }),
    ];
    expect(keysFor({ collaborations, messages })).toEqual(["collab-5:pending"]);
  });

  it("are sorted by urgency, then newest first", () => {
    const messages = [
      aMessage({ id: "01KG9M2V0000000000000000AB", from: "session-2", sent_at: EARLIER }),
      aMessage({ id: "01KG9M2V0000000000000000AC", from: "session-2" }),
      aMessage({ id: "01KG9M2V0000000000000000AD", from: "session-2", sent_at: EARLIER, priority: "urgent" }),
    ];
    expect(keysFor({ messages }).map((key) => key.at(-1))).toEqual(["D", "C", "B"]);
  });

  it("exclude shown items until they change", () => {
    const accepted = {
      from_session: "session-1",
      to_session: "session-2",
      status: "accepted",
      history: [step("accepted", "session-2")],
    };
    const shown = ["collab-1769860800-k3f9:accepted"];
    expect(keysFor({ collaborations: [aCollaboration(accepted)] }, shown)).toEqual([]);
    const completed = { ...accepted, status: "completed", history: [step("completed", "session-2")] };
    expect(keysFor({ collaborations: [aCollaboration(completed)] }, shown)).toHaveLength(1);
  });
});
