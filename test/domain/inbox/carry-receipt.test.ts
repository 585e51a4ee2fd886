import { describe, expect, it } from "vitest";
import { decide } from "../../../src/domain/decide.ts";
import { mark, NOTHING_READ } from "../../../src/domain/inbox/read-cursor.ts";
import { broadcast } from "../../../src/domain/messages/operations/broadcast.ts";
import { request } from "../../../src/domain/requests/operations/request.ts";
import { heartbeat } from "../../../src/domain/sessions/operations/heartbeat.ts";
import { Ulid } from "../../../src/domain/values/ids.ts";
import { aHeartbeat, anOperation, aProfile, aState, changeOf } from "../../support/builders.ts";

const SEEN = mark(NOTHING_READ, [Ulid.parse("01KG9M2V0000000000000000BB")]);
const EARLIER = mark(NOTHING_READ, [Ulid.parse("01KG9M2V0000000000000000AB")]);
const BOTH = mark(SEEN, EARLIER.also);
const OWN = "SESSIONS/session-1.json";
const SAY = { text: "Hello", priority: "normal" };

function say(read: unknown, profile = aProfile()) {
  const state = aState({ sessions: [profile, aProfile({ id: "session-2" })], heartbeats: [aHeartbeat()] });
  return changeOf(
    decide(broadcast, state, { ...anOperation(SAY), ...(read === undefined ? {} : { read: SEEN }) }),
  );
}

describe("a write of a session that has seen messages", () => {
  it("puts the receipt into its profile, and changes neither the registry nor the rest of the profile", () => {
    const profile = aProfile({ hobby: "chess", updated_at: "2026-01-01T00:00:00Z" });
    const { paths, json } = say(SEEN, profile);
    expect(paths).toEqual([
      "HEARTBEATS/session-1.json",
      "MESSAGES.md",
      "MESSAGES/2026/01/31/01KG9M2V0000000000000000AA.md",
      OWN,
    ]);
    expect(json(OWN)).toEqual({ ...profile, read: SEEN });
  });

  it("adds to the receipt in the hub", () => {
    expect(say(SEEN, aProfile({ read: EARLIER })).json(OWN)).toMatchObject({ read: BOTH });
  });

  it.each([
    ["nothing is known of it", undefined, aProfile()],
    ["the hub knows as much", SEEN, aProfile({ read: SEEN })],
    ["the hub knows more", SEEN, aProfile({ read: BOTH })],
  ])("leaves its profile alone where %s", (_, read, profile) => {
    expect(say(read, profile).paths).not.toContain(OWN);
  });

  it("that changes its profile puts both into the profile", () => {
    const operation = { ...anOperation({ work: "Charts" }), read: SEEN };
    const change = changeOf(decide(heartbeat, aState({ sessions: [aProfile()] }), operation));
    expect(change.json(OWN)).toMatchObject({ current_work: "Charts", read: SEEN });
    expect(change.paths.filter((path) => path === OWN)).toHaveLength(1);
  });

  it("that changes nothing or is refused writes no receipt", () => {
    const state = aState({ sessions: [aProfile()], heartbeats: [aHeartbeat()] });
    expect(decide(heartbeat, state, { ...anOperation(), read: SEEN }).kind).toBe("nothing");
    const asked = { ...anOperation({ to: "session-9", text: "Help", urgency: "normal" }), read: SEEN };
    expect(decide(request, state, asked).kind).toBe("refusal");
  });
});
