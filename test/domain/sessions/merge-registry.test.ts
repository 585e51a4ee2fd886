import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { putJson } from "../../../src/domain/decision.ts";
import { mergeRegistry } from "../../../src/domain/sessions/merge-registry.ts";
import { indexProfiles } from "../../../src/domain/sessions/registry.ts";
import type { Profile, Registry } from "../../../src/domain/sessions/session.ts";
import { isSessionId } from "../../../src/domain/values/session-id.ts";
import { aProfile } from "../../support/builders.ts";

/** The registry of these profiles, with unknown keys. */
function generate(profiles: Iterable<Profile>, extras: object = {}): string {
  const previous: Registry = { registry_version: "1.0", sessions: {}, ...extras };
  return putJson("REGISTRY.json", indexProfiles(profiles, previous)).text ?? "";
}

/** Instants before the branches diverge, and after. */
const earlyAt = (second: number) => `2026-01-31T12:00:${String(second).padStart(2, "0")}Z`;
const lateAt = (second: number) => earlyAt(second).replace("12:", "13:");

/** A session, and its change on one branch. Sessions of the base are removed on one branch at most. */
const CHANGES = ["", "left adds", "right adds", "left changes", "right changes", "right removes"] as const;
const session = fc.record({
  id: fc.stringMatching(/^[a-z0-9]{2,4}$/).filter(isSessionId),
  change: fc.constantFrom(...CHANGES),
  role: fc.string(),
  specialization: fc.array(fc.string({ minLength: 1, maxLength: 5 }), { maxLength: 3 }),
  changed: fc.record({ role: fc.string(), status: fc.constantFrom("active", "idle") }),
  second: fc.integer({ min: 10, max: 59 }),
});
const sessions = fc.uniqueArray(session, { selector: ({ id }) => id, maxLength: 12 });
type Drawn = Parameters<Parameters<typeof sessions.map>[0]>[0];

/** The profiles after the changes of these sides. */
function profilesOf(drawn: Drawn, ...sides: string[]): Profile[] {
  return drawn.flatMap(({ change, second, changed, ...over }) => {
    const [side = "", action] = change.split(" ");
    const isDone = sides.includes(side);
    if (isDone ? action === "removes" : action === "adds") return [];
    const isNews = isDone && (action === "adds" || action === "changes");
    const updated_at = isNews ? lateAt(second) : earlyAt(second);
    return [aProfile({ ...over, ...(isDone && action === "changes" ? changed : {}), updated_at })];
  });
}

describe("two registries with a common base", () => {
  it("merge into the registry of all their profiles, in either direction", () => {
    return fc.assert(
      fc.property(sessions, (drawn) => {
        const base = generate(profilesOf(drawn));
        const [ours, theirs] = [generate(profilesOf(drawn, "left")), generate(profilesOf(drawn, "right"))];
        const whole = generate(profilesOf(drawn, "left", "right"));
        expect(mergeRegistry(base, ours, theirs)).toBe(whole);
        expect(mergeRegistry(base, theirs, ours)).toBe(whole);
      }),
    );
  });

  it("merge also when both sides created the registry", () => {
    const [one, two] = [aProfile({ id: "session-1" }), aProfile({ id: "session-2" })];
    expect(mergeRegistry("", generate([one]), generate([two]))).toBe(generate([one, two]));
  });

  it("keep the changes of both sides to one session", () => {
    const base = aProfile({ role: "Backend", status: "active" });
    const [ours, theirs] = [
      { ...base, role: "Frontend" },
      { ...base, status: "idle" },
    ];
    const merged = mergeRegistry(generate([base]), generate([ours]), generate([theirs]));
    expect(merged).toBe(generate([{ ...base, role: "Frontend", status: "idle" }]));
  });

  it("take a value that both changed from the side generated last", () => {
    const base = aProfile();
    const early = { ...base, role: "Early", updated_at: lateAt(1) };
    const late = { ...base, role: "Late", updated_at: lateAt(2) };
    const texts = [generate([early]), generate([late])] as const;
    expect(mergeRegistry(generate([base]), ...texts)).toBe(generate([late]));
    expect(mergeRegistry(generate([base]), texts[1], texts[0])).toBe(generate([late]));
  });

  it("take the same side in either direction when both changed in the same second", () => {
    const texts = ["A", "B"].map((role) => generate([aProfile({ role })]));
    const [a = "", b = ""] = texts;
    expect(mergeRegistry(generate([]), a, b)).toBe(mergeRegistry(generate([]), b, a));
  });

  it("keep a session that one side changed and the other removed; its next commit corrects the registry", () => {
    const changed = aProfile({ role: "New", updated_at: lateAt(1) });
    expect(mergeRegistry(generate([aProfile()]), generate([]), generate([changed]))).toBe(
      generate([changed]),
    );
  });

  it("keep unknown keys, with the changes of both sides", () => {
    const base = { ports: { api: 1, ui: 2 }, note: "old", gone: true };
    const ours = { ports: { api: 8001, ui: 2 }, note: "old", gone: true };
    const theirs = { ports: { api: 1, ui: 2, db: 3 }, note: "new" };
    const merged = mergeRegistry(generate([], base), generate([], ours), generate([], theirs));
    expect(JSON.parse(merged ?? "")).toMatchObject({ ports: { api: 8001, ui: 2, db: 3 }, note: "new" });
    expect(merged).not.toContain("gone");
  });
});

describe("a registry is not merged", () => {
  const sound = generate([aProfile()]);
  it.each([
    ["is not JSON", sound.replace("{", "")],
    ["has conflict markers", `<<<<<<< ours\n${sound}`],
    ["is empty", ""],
    ["has another shape", '{"registry_version":"1.0","sessions":[]}\n'],
    ["has an invalid entry", sound.replace('"status": "active"', '"status": 7')],
    ["has an invalid time", sound.replace(/"last_updated": "[^"]*"/, '"last_updated": "now"')],
  ])("when it %s", (_, broken) => {
    expect(mergeRegistry(sound, broken, sound)).toBeUndefined();
    expect(mergeRegistry(sound, sound, broken)).toBeUndefined();
  });
});
