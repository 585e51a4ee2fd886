import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide } from "../../../../src/domain/decide.ts";
import { availability } from "../../../../src/domain/sessions/operations/availability.ts";
import { Profile } from "../../../../src/domain/sessions/session.ts";
import { aHeartbeat, anOperation, aProfile, aState, changeOf } from "../../../support/builders.ts";
import { writtenHours } from "../../../support/hours.ts";

const HOURS = "Mon-Fri 09:00-17:00 Europe/Berlin";
const LATER = "2026-01-31T14:00:00Z";

function wished(hours: string | null, over: object = {}) {
  const state = aState({ sessions: [aProfile({ port: 8003, ...over })], heartbeats: [aHeartbeat()] });
  return decide(availability, state, anOperation({ hours }, { at: LATER }));
}

describe("setting hours", () => {
  it("keeps them in the profile, in the one text that says them, and all else as it was", () => {
    const change = changeOf(wished("mon-fri 9-17 europe/berlin"));
    expect(change.paths).toEqual(["HEARTBEATS/session-1.json", "REGISTRY.json", "SESSIONS/session-1.json"]);
    expect(change.json("SESSIONS/session-1.json")).toEqual({
      ...aProfile({ port: 8003, updated_at: LATER }),
      availability: { hours: HOURS },
    });
    expect(change.json("REGISTRY.json")).toMatchObject({ last_updated: LATER });
    expect(change.result).toEqual({ session: "session-1", hours: HOURS });
    expect(change.subject).toBe(`availability session-1: ${HOURS}`);
  });

  it("that are set already writes nothing, however they are written", () => {
    const known = { availability: { hours: HOURS } };
    expect(wished("Mon,Tue,Wed,Thu,Fri 9-12,12-17 Europe/Berlin", known)).toEqual({
      kind: "nothing",
      result: { session: "session-1", hours: HOURS },
    });
  });

  it("keeps what nobody here knows of the availability, also when they are cleared", () => {
    const known = { availability: { hours: HOURS, holidays: ["2026-12-24"] } };
    expect(changeOf(wished("24/7", known)).json("SESSIONS/session-1.json")).toMatchObject({
      availability: { hours: "24/7", holidays: ["2026-12-24"] },
    });
    expect(changeOf(wished(null, known)).json("SESSIONS/session-1.json")).toMatchObject({
      availability: { holidays: ["2026-12-24"] },
    });
  });

  it("takes a session that was taken for offline for there again", () => {
    const change = changeOf(wished(HOURS, { status: "offline" }));
    expect(change.json("SESSIONS/session-1.json")).toMatchObject({ status: "active" });
  });

  it("is not for strangers", () => {
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
    expect(() => wished(hours)).toThrow(message);
  });

  it("writes a profile that its schema reads, and what is read is set already", () => {
    return fc.assert(
      fc.property(writtenHours, ({ text }) => {
        const profile = Profile.parse(changeOf(wished(text)).json("SESSIONS/session-1.json"));
        expect(wished(text, { availability: profile.availability }).kind).toBe("nothing");
      }),
    );
  });
});

describe("clearing hours", () => {
  it("takes them out of the profile", () => {
    const change = changeOf(wished(null, { availability: { hours: HOURS } }));
    expect(change.json("SESSIONS/session-1.json")).toEqual(aProfile({ port: 8003, updated_at: LATER }));
    expect(change.subject).toBe("availability session-1: no hours");
  });

  it("that were never set writes nothing", () => {
    expect(wished(null).kind).toBe("nothing");
  });
});

/** Short as it is written, long as it is kept: every day is another. */
function manyWindows(): string {
  const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  const shared = Array.from({ length: 12 }, (_, at) => `${at * 2}-${at * 2 + 1}`).join(",");
  return `${shared};${days.map((day, at) => `${day} 1:1${at}-1:30`).join(";")} UTC`;
}
