import { expect, it } from "vitest";
import { judgeSessions } from "../../../src/domain/doctor/sessions.ts";
import { aHeartbeat, aProfile, aState, NOON } from "../../support/builders.ts";

it("says how many sessions are due to be retired", () => {
  const old = { updated_at: "2025-12-01T00:00:00Z" };
  const heartbeats = [aHeartbeat()];
  const none = aState({ sessions: [aProfile(old)], heartbeats });
  expect(judgeSessions(none, NOON)).toMatchObject({ state: "ok", next: null });
  const one = aState({ sessions: [aProfile(), aProfile({ id: "session-2", ...old })], heartbeats });
  expect(judgeSessions(one, NOON)).toMatchObject({
    state: "note",
    message: "2 sessions, and 1 of them is due to be retired.",
    next: "hive expire",
  });
});
