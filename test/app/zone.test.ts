import { describe, expect, it, vi } from "vitest";
import { readUntil } from "../../src/app/until.ts";
import { zoneOf, zoneTrouble } from "../../src/app/zone.ts";
import { openSandbox } from "../support/git-sandbox.ts";

describe("the user's time zone", () => {
  it.each([
    ["Europe/Berlin", "Europe/Berlin"],
    ["utc", "UTC"],
    [":America/New_York", "America/New_York"],
    ["/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"],
    [":/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"],
    ["", "UTC"],
  ])("is named by TZ=%j: %s", (TZ, name) => {
    expect(zoneOf({ env: { TZ } }).name).toBe(name);
    expect(zoneTrouble({ env: { TZ } })).toBeUndefined();
  });

  it.each(["Foo/Bar", "UTC+3", "JST-9", "EST5EDT,M3.2.0,M11.1.0", "<+03>-3", ":/etc/localtime"])(
    "is UTC for TZ=%j, with a note",
    async (TZ) => {
      vi.stubEnv("TZ", TZ);
      try {
        expect(zoneOf({ env: { TZ } }).name).toBe("UTC");
        const world = openSandbox().world({ env: { TZ } });
        expect(await readUntil(world, "17:00")).toBe("2026-01-31T17:00:00Z");
        expect(world.printed.err).toBe(
          `TZ=${JSON.stringify(TZ)} names no time zone, so times are read and shown in UTC. Example: TZ=Europe/Berlin\n`,
        );
      } finally {
        vi.unstubAllEnvs();
      }
    },
  );

  it("is UTC where the machine names none", () => {
    vi.stubEnv("TZ", "Foo/Bar");
    try {
      expect(zoneOf({ env: {} }).name).toBe("UTC");
    } finally {
      vi.unstubAllEnvs();
    }
  });
});
