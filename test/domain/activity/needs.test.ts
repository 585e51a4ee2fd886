import { describe, expect, it } from "vitest";
import { needsIn } from "../../../src/domain/activity/needs.ts";
import { aCollaboration, aHeartbeat, aMessage, aProfile, aState, NOON } from "../../support/builders.ts";

const ID = "01KG9M2V0000000000000000AA";
const asking = (id: string, since = NOON, over: object = {}) =>
  aProfile({ id, needs: { id: ID, question: `What does ${id} do?`, since, ...over } });

const ids = (state: ReturnType<typeof aState>) =>
  needsIn(state, NOON).map(({ session, blocks }) => [session, ...blocks]);

describe("the sessions that wait for their human", () => {
  it("are those with a question, the longest waiting first, with the command that answers", () => {
    const state = aState({
      sessions: [asking("ann"), asking("bob", "2026-01-31T11:00:00Z", { options: ["a", "b"] }), aProfile()],
    });
    expect(ids(state)).toEqual([["bob"], ["ann"]]);
    expect(needsIn(state, NOON)[0]).toMatchObject({
      options: ["a", "b"],
      by_tool: false,
      next: 'hive tell bob "<answer>"',
    });
  });

  it("come first by how many other sessions wait for them", () => {
    const request = (over: object) => aCollaboration({ from_session: "eve", to_session: "bob", ...over });
    const question = (from: string, to: string, over: object = {}) =>
      aMessage({ from, to, intent: "ask", ...over });
    const state = aState({
      sessions: [asking("ann", "2026-01-31T11:00:00Z"), asking("bob")],
      collaborations: [
        request({ request_id: "collab-1-aaaa" }),
        request({ request_id: "collab-2-aaaa", status: "in_progress" }),
        request({ request_id: "collab-3-aaaa", status: "completed", from_session: "sam" }),
        request({ request_id: "collab-4-aaaa", to_session: null, to_capability: "go", from_session: "sam" }),
        request({ request_id: "collab-5-aaaa", from_session: "bob" }),
      ],
      messages: [
        question("dan", "bob"),
        question("tom", "bob", { id: "01KG9M2V0000000000000000AB" }),
        aMessage({
          id: "01KG9M2V0000000000000000AC",
          from: "bob",
          to: "tom",
          reply_to: "01KG9M2V0000000000000000AB",
        }),
        question("eve", "#bob", { id: "01KG9M2V0000000000000000AD" }),
      ],
    });
    expect(ids(state)).toEqual([["bob", "dan", "eve"], ["ann"]]);
  });

  it("are not those whose tool asked and which have ended", () => {
    const sessions = [
      asking("ann", NOON, { by_tool: true }),
      asking("bob"),
      asking("dan", NOON, { by_tool: true }),
    ];
    const heartbeats = [
      aHeartbeat({ session_id: "dan" }),
      aHeartbeat({ session_id: "bob", status: "offline" }),
    ];
    expect(ids(aState({ sessions, heartbeats }))).toEqual([["bob"], ["dan"]]);
  });
});
