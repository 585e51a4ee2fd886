import { describe, expect, it } from "vitest";
import { Times } from "../../../src/cli/render/times.ts";
import { findZone, utc } from "../../../src/domain/time/zone.ts";

const NOW = "2026-01-31T12:00:00Z";
const berlin = new Times(NOW, true, () => findZone("Europe/Berlin") ?? utc());
const piped = new Times(NOW, false, utc);

describe("a time on a terminal", () => {
  it.each([
    ["2026-01-31T16:30:00Z", "until 17:30, 4 h left"],
    ["2026-01-31T12:00:20Z", "until 13:00, 20 s left"],
    ["2026-01-31T23:30:00Z", "until Sun 00:30, 11 h left"],
    ["2026-02-06T09:00:00Z", "until Fri 10:00, 5 d left"],
    ["2026-02-07T09:00:00Z", "until 2026-02-07 10:00, 6 d left"],
    ["2026-01-31T11:50:00Z", "until 12:50, 10 min over"],
  ])("is local, and says what is left: %s", (instant, text) => {
    expect(berlin.until(instant)).toBe(text);
  });

  it("that has passed says how long ago it was", () => {
    expect(berlin.ago("2026-01-31T11:57:00Z")).toBe("3 min ago");
    expect(berlin.at("2026-01-31T11:57:00Z")).toBe("12:57, 3 min ago");
    expect(berlin.at("2026-01-30T11:57:00Z")).toBe("2026-01-30 12:57, 24 h ago");
    expect(berlin.stamp("2026-01-30T23:30:00Z")).toBe("2026-01-31 00:30");
  });
});

describe("a time elsewhere", () => {
  it("is an instant in UTC, or a short age", () => {
    expect(piped.until("2026-01-31T16:30:00Z")).toBe("until 2026-01-31T16:30:00Z");
    expect(piped.at("2026-01-31T11:57:00Z")).toBe("2026-01-31T11:57:00Z");
    expect(piped.stamp("2026-01-31T11:57:00Z")).toBe("2026-01-31T11:57:00Z");
    expect(piped.ago("2026-01-31T11:57:00Z")).toBe("3m ago");
  });
});
