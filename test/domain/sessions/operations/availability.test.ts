import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide } from "../../../../src/domain/decide.ts";
import { availability } from "../../../../src/domain/sessions/operations/availability.ts";
import { Profile } from "../../../../src/domain/sessions/session.ts";
import { aHeartbeat, anOperation, aProfile, aState, changeOf } from "../../../support/builders.ts";
import { writtenHours } from "../../../support/hours.ts";

const HOURS = "Mon-Fri 09:00-17:00 Europe/Berlin";
const LATER = "2026-01-31T14:00:00Z";

function decideHours(hours: string | null, over: object = {}) {
  const state = aState({ sessions: [aProfile({ port: 8003, ...over })], heartbeats: [aHeartbeat()] });
  return decide(availability, state, anOperation({ hours }, { at: LATER }));
}

describe("setting hours", () => {
  it("writes their normalized text to the profile, and changes nothing else", () => {
    const change = changeOf(decideHours("mon-fri 9-17 europe/berlin"));
    expect(change.paths).toEqual(["HEARTBEATS/session-1.json", "REGISTRY.json", "SESSIONS/session-1.json"]);
    expect(change.json("SESSIONS/session-1.json")).toEqual({
      ...aProfile({ port: 8003, updated_at: LATER }),
      availability: { hours: HOURS },
    });
    expect(change.json("REGISTRY.json")).toMatchObject({ last_updated: LATER });
    expect(change.result).toEqual({ session: "session-1", hours: HOURS });
    expect(change.subject).toBe(`availability session-1: ${HOURS}`);
  });

  it("that are already set writes nothing, even if they are written differently", () => {
    const known = { availability: { hours: HOURS } };
    expect(decideHours("Mon,Tue,Wed,Thu,Fri 9-12,12-17 Europe/Berlin", known)).toEqual({
      kind: "nothing",
      result: { session: "session-1", hours: HOURS },
    });
  });

  it("keeps unknown keys of the availability, also when the hours are cleared", () => {
    const known = { availability: { hours: HOURS, holidays: ["2026-12-24"] } };
    expect(changeOf(decideHours("24/7", known)).json("SESSIONS/session-1.json")).toMatchObject({
      availability: { hours: "24/7", holidays: ["2026-12-24"] },
    });
    expect(changeOf(decideHours(null, known)).json("SESSIONS/session-1.json")).toMatchObject({
      availability: { holidays: ["2026-12-24"] },
    });
  });

  it("makes an expired session active again", () => {
    const change = changeOf(decideHours(HOURS, { status: "offline" }));
    expect(change.json("SESSIONS/session-1.json")).toMatchObject({ status: "active" });
  });

  it("is refused to an unregistered session", () => {
    expect(decide(availability, aState(), anOperation({ hours: HOURS }))).toMatchObject({
      code: "not_registered",
    });
  });

  it.each([
    ["Mno 9-17 UTC", "Column 1"],
    ["Mon 9-17 Europe/Berln", "Did you mean Europe/Berlin"],
    ["", "Column 1"],
    [`Mon ${"9-10,".repeat(100)}11-12 UTC`, "at most 400"],
    [manyWindows(), "at most 400"],
  ])("refuses %j", (hours, message) => {
    expect(() => decideHours(hours)).toThrow(message);
  });

  it("writes a profile that its schema accepts, with hours that are then already set", () => {
    return fc.assert(
      fc.property(writtenHours, ({ text }) => {
        const profile = Profile.parse(changeOf(decideHours(text)).json("SESSIONS/session-1.json"));
        expect(decideHours(text, { availability: profile.availability }).kind).toBe("nothing");
      }),
    );
  });
});

describe("clearing hours", () => {
  it("removes them from the profile", () => {
    const change = changeOf(decideHours(null, { availability: { hours: HOURS } }));
    expect(change.json("SESSIONS/session-1.json")).toEqual(aProfile({ port: 8003, updated_at: LATER }));
    expect(change.subject).toBe("availability session-1: no hours");
  });

  it("that were never set writes nothing", () => {
    expect(decideHours(null).kind).toBe("nothing");
  });
});

/** Hours that are short as written and too long as stored, because every day is different. */
function manyWindows(): string {
  const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  const shared = Array.from({ length: 12 }, (_, at) => `${at * 2}-${at * 2 + 1}`).join(",");
  return `${shared};${days.map((day, at) => `${day} 1:1${at}-1:30`).join(";")} UTC`;
}
