import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeInstant } from "../../src/domain/clock-ahead.ts";
import { DEFAULT_SETTINGS } from "../../src/domain/hub/default-settings.ts";
import { Settings } from "../../src/domain/hub/settings.ts";
import { secondsBetween, toInstant } from "../../src/domain/values/time.ts";
import { NOON } from "../support/builders.ts";

const later = (seconds: number) => toInstant(Date.parse(NOON) + seconds * 1000);

describe("an operation's instant", () => {
  it.each([
    ["up to five minutes after the newest commit", 300, 0, -100_000, "plausible"],
    ["longer after it, where the hub does not tell its time", 301, 0, undefined, "unproven"],
    ["in an empty hub that does not tell its time", 0, undefined, undefined, "unproven"],
    ["after a quiet weekend, by a right clock", 200_000, 0, 200_000, "plausible"],
    ["up to five minutes after the time at the hub", 200_300, 0, 200_000, "plausible"],
    ["longer after it", 200_301, 0, 200_000, "ahead"],
    ["longer after it in an empty hub", 301, undefined, 0, "ahead"],
    ["long before the newest commit", -100_000, 0, 100_000, "plausible"],
  ] as const)("%s is %s", (_, at, newest, hub, verdict) => {
    const known = (seconds: number | undefined) => (seconds === undefined ? undefined : later(seconds));
    expect(judgeInstant(later(at), known(newest), known(hub), DEFAULT_SETTINGS)).toBe(verdict);
  });

  const instant = fc.integer({ min: -1e6, max: 1e6 }).map(later);
  const maybe = fc.option(instant, { nil: undefined });
  const settings = fc.integer({ min: 60, max: 1e5 }).map((max_ahead) => ({ clocks: { max_ahead } }));

  it("is ahead only by the word of the hub's clock, and never by the silence of other sessions", () =>
    fc.assert(
      fc.property(instant, maybe, maybe, settings, (at, newest, hub, by) => {
        const verdict = judgeInstant(at, newest, hub, by);
        if (verdict === "ahead") expect(secondsBetween(hub ?? at, at)).toBeGreaterThan(by.clocks.max_ahead);
        if (hub === undefined) expect(verdict).not.toBe("ahead");
        else expect(verdict).not.toBe("unproven");
      }),
    ));

  it("of a clock that is not ahead of the hub's by more than the setting is never ahead", () =>
    fc.assert(
      fc.property(instant, maybe, fc.nat(1e5), settings, (hub, newest, error, by) => {
        const at = toInstant(Date.parse(hub) + Math.min(error, by.clocks.max_ahead) * 1000);
        expect(judgeInstant(at, newest, hub, by)).toBe("plausible");
      }),
    ));
});

it("clocks may be allowed to differ by a minute or more", () => {
  expect(Settings.parse({ clocks: { max_ahead: "1m" } }).clocks.max_ahead).toBe(60);
  expect(Settings.safeParse({ clocks: { max_ahead: "59s" } }).success).toBe(false);
});
