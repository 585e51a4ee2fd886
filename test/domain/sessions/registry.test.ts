import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { putJson } from "../../../src/domain/decision.ts";
import { indexProfiles } from "../../../src/domain/sessions/registry.ts";
import { type Profile, Registry } from "../../../src/domain/sessions/session.ts";
import { aProfile, NOON } from "../../support/builders.ts";

const EMPTY_REGISTRY: Registry = { registry_version: "1.0", sessions: {} };

function bytesOf(profiles: Iterable<Profile>, previous: Registry = EMPTY_REGISTRY): string {
  return putJson("REGISTRY.json", indexProfiles(profiles, previous)).text ?? "";
}

const profiles = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom("a1", "b2", "session-1", "session-10", "session-2", "x-0", "zz"),
    role: fc.string(),
    updated_at: fc.constantFrom(NOON, "2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z"),
    specialization: fc.array(fc.string({ minLength: 1, maxLength: 5 }), { maxLength: 3 }),
  }),
  { selector: ({ id }) => id },
);

describe("the registry", () => {
  it("is the same bytes for the same profiles in any order", () => {
    const pair = profiles.chain((drawn) => {
      const all = drawn.map((over) => aProfile(over));
      return fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }));
    });
    return fc.assert(
      fc.property(pair, ([all, shuffled]) => {
        expect(bytesOf(shuffled)).toBe(bytesOf(all));
      }),
    );
  });

  it("is the same bytes when it is generated again from itself", () => {
    const first = bytesOf([aProfile()]);
    expect(bytesOf([aProfile()], Registry.parse(JSON.parse(first)))).toBe(first);
  });

  it("lists the sessions by id", () => {
    const ids = ["session-2", "session-10", "ab"].map((id) => aProfile({ id }));
    expect(Object.keys(indexProfiles(ids, EMPTY_REGISTRY).sessions)).toEqual([
      "ab",
      "session-10",
      "session-2",
    ]);
  });

  it("has the fields of each profile that the old tools' registry had, in one order", () => {
    const entry = indexProfiles([aProfile({ port: 8003 })], EMPTY_REGISTRY).sessions["session-1"];
    expect(Object.keys(entry ?? {})).toEqual([
      "id",
      "name",
      "role",
      "status",
      "specialization",
      "current_work",
    ]);
  });

  it("has the instant of its newest profile", () => {
    const dated = ["2026-03-01T00:00:00Z", "2026-01-01T00:00:00Z"].map((updated_at, index) =>
      aProfile({ id: `session-${index}`, updated_at }),
    );
    expect(indexProfiles(dated, EMPTY_REGISTRY).last_updated).toBe("2026-03-01T00:00:00Z");
  });

  it("keeps unknown keys, and no session without a profile", () => {
    const previous = Registry.parse({ ...EMPTY_REGISTRY, coordinator: "session-1", sessions: {} });
    expect(indexProfiles([], previous)).toMatchObject({ coordinator: "session-1", sessions: {} });
  });

  it("ends with a newline", () => {
    expect(bytesOf([])).toMatch(/\}\n$/);
  });
});
