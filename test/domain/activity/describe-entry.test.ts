import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeEntry } from "../../../src/domain/activity/describe-entry.ts";
import { NOON } from "../../support/builders.ts";
import { hostileText } from "../../support/hostile.ts";
import { isSafeToShow } from "../../support/unsafe.ts";

function told(kind: string, subject: string, session = "session-2"): string {
  return describeEntry({ op: null, kind, session, at: NOON, subject, commit: "0".repeat(40) });
}

describe("an entry is described as an act of its session", () => {
  it.each([
    [
      "request",
      "request collab-17-k3f9: session-2 asks session-1: Need a UI",
      "session-2 asks session-1: Need a UI (collab-17-k3f9)",
    ],
    [
      "accept",
      "accept collab-17-k3f9: session-2: After lunch",
      "session-2 accepts collab-17-k3f9: After lunch",
    ],
    ["start", "start collab-17-k3f9: session-2", "session-2 starts collab-17-k3f9"],
    ["complete", "complete collab-17-k3f9: session-2: a: b", "session-2 completes collab-17-k3f9: a: b"],
    ["decline", "decline collab-17-k3f9: session-2", "session-2 declines collab-17-k3f9"],
    ["cancel", "cancel collab-17-k3f9: session-2", "session-2 cancels collab-17-k3f9"],
    ["broadcast", "broadcast session-2: Port 8005: taken", "session-2 to all: Port 8005: taken"],
    ["broadcast", "broadcast [urgent] session-2: Stop", "session-2 to all [urgent]: Stop"],
    ["register", "register session-2: Backend", "session-2 registers: Backend"],
    ["heartbeat", "heartbeat session-2 idle: Tea", "session-2 is idle: Tea"],
    ["heartbeat", "heartbeat session-2 active", "session-2 is active"],
    [
      "heartbeat",
      "heartbeat session-2 paused until 2026-01-31T12:00:00Z: Tea",
      "session-2 is paused until 2026-01-31T12:00:00Z: Tea",
    ],
    [
      "handoff",
      "handoff collab-2: session-2 hands collab-1 over to session-3: Ship it",
      "session-2 hands collab-1 over to session-3: Ship it (collab-2)",
    ],
    [
      "takeover",
      "takeover session-1: session-2 has collab-1, collab-2",
      "session-2 takes over collab-1, collab-2 from session-1",
    ],
    ["send", "send session-2 to #release: Done", "session-2 to #release: Done"],
    ["send", "send session-2 asks session-1: Which port?", "session-2 asks session-1: Which port?"],
    [
      "reply",
      "reply session-2 acknowledges to session-1: Thanks",
      "session-2 acknowledges to session-1: Thanks",
    ],
    ["follow", "follow session-2: #release", "session-2 follows #release"],
    ["mute", "mute session-2: #release no longer", "session-2 mutes #release no longer"],
    [
      "offer",
      "offer session-2: go until 2026-01-31T12:00:00Z",
      "session-2 offers go until 2026-01-31T12:00:00Z",
    ],
    ["withdraw", "withdraw session-2: go", "session-2 withdraws go"],
    [
      "claim",
      "claim src/**, deploy:prod: session-2 until 2026-01-31T12:00:00Z: Parser",
      "session-2 claims src/**, deploy:prod until 2026-01-31T12:00:00Z: Parser",
    ],
    [
      "renew",
      "renew issue-42: session-2 until 2026-01-31T12:00:00Z",
      "session-2 renews issue-42 until 2026-01-31T12:00:00Z",
    ],
    ["release", "release issue-42: session-2", "session-2 releases issue-42"],
    ["availability", "availability session-2: 24/7 UTC", "session-2 sets its availability: 24/7 UTC"],
    ["expire", "expire: session-4 offline", "session-2 applies deadlines: session-4 offline"],
    ["refusal", "refuse accept by session-2: illegal move", "session-2 may not accept: illegal move"],
  ])("%s: %s", (kind, subject, line) => {
    expect(told(kind, subject)).toBe(line);
  });

  it.each([
    ["heartbeat", "heartbeat session-1, session-2"],
    ["accept", "accept everything"],
    ["constructor", "constructor"],
    ["commit", "Mend a typo"],
  ])("and as it stands where it has another form: %s: %s", (kind, subject) => {
    expect(told(kind, subject)).toBe(`session-2: ${subject}`);
  });

  it("on one safe line, for any text", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("request", "accept", "broadcast", "x"),
        hostileText,
        hostileText,
        (kind, subject, by) => {
          for (const text of [subject, `${kind} ${subject}`, `${kind} collab-1: ${by}: ${subject}`]) {
            const line = told(kind, text, by);
            expect(isSafeToShow(line)).toBe(true);
            expect(line).not.toContain("\n");
            expect([...line].length).toBeLessThan(800);
          }
        },
      ),
    );
  });
});
