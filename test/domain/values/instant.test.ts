import { describe, expect, it } from "vitest";
import { Duration, Instant } from "../../../src/domain/values/instant.ts";
import { formatAge, secondsBetween, toInstant, toSeconds } from "../../../src/domain/values/time.ts";

describe("an instant", () => {
  it.each([
    ["2026-01-31T12:00:00Z", true],
    ["2026-01-31T12:00:00.250Z", true],
    ["2000-01-01T00:00:00Z", true],
    ["2099-12-31T23:59:59Z", true],
    ["1999-12-31T23:59:59Z", false],
    ["2100-01-01T00:00:00Z", false],
    ["9999-12-31T23:59:59Z", false],
    ["2026-02-30T00:00:00Z", false],
    ["2026-13-01T00:00:00Z", false],
    ["2026-01-31T24:00:00Z", false],
    ["2026-01-31T12:00:00+00:00", false],
    ["2026-01-31T12:00:00", false],
    ["2026-01-31 12:00:00Z", false],
    ["2026-01-31", false],
    ["$(date)", false],
    ["", false],
  ])("is %j: %s", (text, isOne) => {
    expect(Instant.safeParse(text).success).toBe(isOne);
  });

  it("is made of milliseconds, to the second", () => {
    expect(toInstant(Date.parse("2026-01-31T12:00:00.999Z"))).toBe("2026-01-31T12:00:00Z");
  });

  it("is a signed number of seconds from another instant", () => {
    expect(secondsBetween("2026-01-31T12:00:00Z", "2026-01-31T12:01:00.500Z")).toBe(60.5);
    expect(secondsBetween("2026-01-31T12:01:00Z", "2026-01-31T12:00:00Z")).toBe(-60);
    expect(toSeconds("1970-01-01T00:01:00.900Z")).toBe(60);
  });
});

describe("a duration", () => {
  it.each([
    ["90s", 90],
    ["5m", 300],
    ["2h", 7200],
    ["7d", 604_800],
    ["1w", 604_800],
    ["0s", 0],
    ["1d12h", 129_600],
    ["1h30m", 5400],
  ])("%s is %i seconds", (text, seconds) => {
    expect(Duration.parse(text)).toBe(seconds);
  });

  it.each(["", "5", "m", "5 m", "-5m", "1.5h", "5M", "30m1h", "1h1h", "1d 12h", "1234567s", "5m\n", "٣m"])(
    "is not %j",
    (text) => {
      expect(Duration.safeParse(text).success).toBe(false);
    },
  );
});

describe("an age", () => {
  it.each([
    [-5, "0s"],
    [0, "0s"],
    [59.4, "59s"],
    [60, "1m"],
    [3599, "59m"],
    [3600, "1h"],
    [172_799, "47h"],
    [172_800, "2d"],
  ])("of %d seconds reads %s", (seconds, text) => {
    expect(formatAge(seconds)).toBe(text);
  });
});
