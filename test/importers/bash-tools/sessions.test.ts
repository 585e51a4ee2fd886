import { describe, expect, it } from "vitest";
import { Heartbeat, Profile } from "../../../src/domain/sessions/session.ts";
import { translate } from "../../../src/importers/bash-tools/translate.ts";

function file(path: string, content: unknown) {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return { path, bytes: new TextEncoder().encode(text) };
}

function registry(sessions: Record<string, unknown>, more: Record<string, unknown> = {}) {
  return file("REGISTRY.json", {
    registry_version: "1.0",
    last_updated: "2025-11-15 19:28:00 UTC",
    sessions,
    ...more,
  });
}

describe("translating sessions", () => {
  it("makes a profile of a registry entry without a file of its own", () => {
    const entry = {
      id: "a-1",
      name: "Ada",
      role: "UI",
      status: "idle",
      specialization: ["react"],
      agreed: true,
    };
    expect(translate([registry({ "a-1": entry })]).profiles).toEqual([
      {
        id: "a-1",
        name: "Ada",
        role: "UI",
        status: "idle",
        specialization: ["react"],
        capabilities_offered: [],
        current_work: "",
        registered_at: "2025-11-15T19:28:00Z",
        updated_at: "2025-11-15T19:28:00Z",
        agreed: true,
      },
    ]);
  });

  it("keeps a key that means something else in the hub under another name", () => {
    const { profiles, heartbeats } = translate([
      file("session-7.json", { session_id: "session-7", availability: "weekdays", offers: { ui: true } }),
      file("HEARTBEATS/session-7.json", {
        session_id: "session-7",
        last_heartbeat: "2025-11-15T19:28:00Z",
        status_until: "lunch",
      }),
    ]);
    expect(profiles).toMatchObject([{ id: "session-7", seed_availability: "weekdays" }]);
    expect(profiles[0]).not.toHaveProperty("availability");
    expect(Profile.safeParse(profiles[0]).success).toBe(true);
    expect(heartbeats).toMatchObject([{ session_id: "session-7", seed_status_until: "lunch" }]);
    expect(Heartbeat.safeParse(heartbeats[0]).success).toBe(true);
  });

  it("makes a small profile of a heartbeat that no registry knows", () => {
    const beat = {
      session_id: "a-1",
      timestamp: "2025-11-14 23:57:57 UTC",
      status: "active",
      working_on: "x",
      pid: 4,
    };
    const { profiles, heartbeats } = translate([file("HEARTBEATS/a-1.json", beat)]);
    expect(profiles).toMatchObject([{ id: "a-1", name: "a-1", status: "active", current_work: "x" }]);
    expect(profiles[0]).not.toHaveProperty("pid");
    expect(heartbeats).toEqual([
      {
        session_id: "a-1",
        name: "a-1",
        status: "active",
        last_heartbeat: "2025-11-14T23:57:57Z",
        capabilities_offered: [],
        current_work: "x",
        pid: 4,
      },
    ]);
  });

  it("merges registry, session file and heartbeat field by field and loses nothing", () => {
    const { profiles } = translate([
      registry({
        "a-1": { name: "Ada", role: "UI", current_work: "old", last_work: "older", status: "idle" },
      }),
      file("session-a-1.json", {
        session_id: "a-1",
        capabilities: ["build"],
        current_work: "middle",
        last_heartbeat: "2025-11-15T20:00:00Z",
        port: 8003,
      }),
      file("HEARTBEATS/a-1.json", { id: "a-1", last_heartbeat: "2025-11-15T21:00:00Z", current_work: "new" }),
    ]);
    expect(profiles).toMatchObject([
      {
        id: "a-1",
        name: "Ada",
        role: "UI",
        status: "idle",
        capabilities_offered: ["build"],
        current_work: "new",
        updated_at: "2025-11-15T21:00:00Z",
        last_work: "older",
        port: 8003,
        seed_conflicts: {
          "session-a-1.json": { current_work: "middle" },
          "REGISTRY.json": { current_work: "old" },
        },
      },
    ]);
  });

  it("lets a registry that was written later win over an older heartbeat", () => {
    const { profiles } = translate([
      registry({ "a-1": { status: "idle" } }),
      file("HEARTBEATS/a-1.json", {
        session_id: "a-1",
        timestamp: "2025-11-15 00:00:00 UTC",
        status: "active",
      }),
    ]);
    expect(profiles).toMatchObject([
      { status: "idle", seed_conflicts: { "HEARTBEATS/a-1.json": { status: "active" } } },
    ]);
  });

  it("lets the file closest to the session win among files of the same time", () => {
    const at = { last_heartbeat: "2025-11-15T21:00:00Z" };
    const { profiles } = translate([
      registry({ "a-1": { ...at, name: "in the registry", role: "in the registry" } }),
      file("session-a-1.json", { id: "a-1", ...at, name: "in its file", role: "in its file" }),
      file("HEARTBEATS/a-1.json", { id: "a-1", ...at, name: "in its heartbeat" }),
    ]);
    expect(profiles).toMatchObject([{ name: "in its heartbeat", role: "in its file" }]);
  });

  it("completes a sparse heartbeat from its session", () => {
    const { heartbeats } = translate([
      registry({ "a-1": { name: "Ada", status: "idle", current_work: "UI", capabilities: ["react"] } }),
      file("HEARTBEATS/a-1.json", { id: "a-1", last_heartbeat: "2025-11-15T21:00:00Z" }),
    ]);
    expect(heartbeats).toMatchObject([
      { name: "Ada", status: "idle", current_work: "UI", capabilities_offered: ["react"] },
    ]);
  });

  it.each([
    ["current_work", { current_work: "a", working_on: "b", last_work: "c" }, "a"],
    ["working_on", { working_on: "b", last_work: "c" }, "b"],
    ["last_work", { last_work: "c" }, "c"],
    ["nothing", {}, ""],
  ])("takes the current work from %s", (_, fields, work) => {
    expect(translate([registry({ "a-1": fields })]).profiles).toMatchObject([{ current_work: work }]);
  });

  it.each([
    ["Active", "active"],
    ["⏳ Awaiting confirmation", "awaiting-confirmation"],
    ["IN_PROGRESS", "in_progress"],
    ["100%", "unknown"],
  ])("makes of the status %j the word %s and keeps what was written", (written, status) => {
    expect(translate([registry({ "a-1": { status: written } })]).profiles).toMatchObject([
      { status, seed_status: written },
    ]);
  });

  it.each([
    ["a list", ["a", "b"], ["a", "b"]],
    ["words between commas", "a, b", ["a", "b"]],
    ["numbers and objects", [1, { b: 2 }, null, ""], ["1", '{"b":2}']],
  ])("reads a specialization that is %s", (_, written, tags) => {
    expect(translate([registry({ "a-1": { specialization: written } })]).profiles).toMatchObject([
      { specialization: tags },
    ]);
  });

  it("keeps values that clash with the hub's own keys under other names", () => {
    const session = {
      session_id: "a-1",
      registered_at: "$(date)",
      updated_at: "soon",
      name: { first: "Ada" },
      id: "z",
    };
    expect(translate([file("session-a-1.json", session)]).profiles).toMatchObject([
      {
        id: "a-1",
        name: "a-1",
        seed_registered_at: "$(date)",
        seed_updated_at: "soon",
        seed_name: { first: "Ada" },
        seed_id: "z",
        seed_time: "unknown",
      },
    ]);
  });

  it("derives an id from an invalid one and keeps the original", () => {
    expect(translate([registry({ "Current Session": {} })]).profiles).toMatchObject([
      { id: "current-session", name: "Current Session", seed_id: "Current Session" },
    ]);
  });

  it("names a session by its file name if the file has no name", () => {
    const { profiles } = translate([
      file("session-9.json", {}),
      file("HEARTBEATS/b-2.json", { timestamp: 1763234880 }),
    ]);
    expect(profiles.map(({ id }) => id)).toEqual(["b-2", "session-9"]);
  });

  it("takes the heartbeat time of a session file if there is no heartbeat file", () => {
    const session = { session_id: "a-1", status: "active", last_heartbeat: "2025-11-15T20:00:00Z" };
    expect(translate([file("session-a-1.json", session)]).heartbeats).toMatchObject([
      { session_id: "a-1", status: "active", last_heartbeat: "2025-11-15T20:00:00Z" },
    ]);
  });

  it("imports no heartbeat without a usable time, which could make a session look alive", () => {
    const beat = file("HEARTBEATS/a-1.json", { session_id: "a-1", timestamp: "$(date)", status: "active" });
    const { profiles, heartbeats, salvaged } = translate([beat]);
    expect({ heartbeats, ids: profiles.map(({ id }) => id) }).toEqual({ heartbeats: [], ids: ["a-1"] });
    expect(salvaged).toMatchObject([{ path: "HEARTBEATS/a-1.json" }]);
  });

  it("keeps the newer of two heartbeats of one session, and the bytes of the older", () => {
    const beat = (name: string, hour: number) =>
      file(`HEARTBEATS/${name}.json`, { session_id: "a-1", last_heartbeat: `2025-11-15T0${hour}:00:00Z` });
    const { heartbeats, salvaged, originals } = translate([beat("x", 1), beat("y", 2)]);
    expect(heartbeats).toMatchObject([{ last_heartbeat: "2025-11-15T02:00:00Z" }]);
    expect(salvaged).toMatchObject([{ path: "HEARTBEATS/x.json" }]);
    expect(originals).toHaveLength(1);
  });

  it("imports the registry's own keys", () => {
    const { registry: kept } = translate([
      registry({}, { coordinator: "a-1", pending_proposals: [{ a: 1 }] }),
    ]);
    expect(kept).toEqual({
      coordinator: "a-1",
      pending_proposals: [{ a: 1 }],
      seed_last_updated: "2025-11-15 19:28:00 UTC",
    });
  });

  it("reads a session file with current work pasted unescaped", () => {
    const broken = '{"session_id": "a-1", "current_work": "say "hi"\nnow", "heartbeat_count": 3}';
    const { profiles, salvaged } = translate([file("session-a-1.json", broken)]);
    expect(profiles).toMatchObject([{ id: "a-1", current_work: 'say "hi"\nnow', heartbeat_count: 3 }]);
    expect(salvaged).toHaveLength(1);
  });

  it.each([
    ["a name", { name: "n".repeat(5000) }],
    ["current work", { current_work: "w".repeat(5000) }],
    ["one tag", { specialization: ["t".repeat(500)] }],
    ["tags in number", { specialization: Array.from({ length: 300 }, (_, index) => `t${index}`) }],
    [
      "tags in all",
      { capabilities: Array.from({ length: 200 }, (_, index) => `t${index}`.padEnd(390, "x")) },
    ],
    ["a key", { ["k".repeat(300)]: 1 }],
    ["unknown keys", { more: "m".repeat(200_000) }],
  ])("shortens what is too long, %s, says so and keeps the bytes", (_, fields) => {
    const session = file("session-a-1.json", { session_id: "a-1", last_heartbeat: 1763234880, ...fields });
    const { profiles, heartbeats, salvaged, originals } = translate([session]);
    expect(profiles.map((profile) => Profile.safeParse(profile).success)).toEqual([true]);
    expect(heartbeats.map((beat) => Heartbeat.safeParse(beat).success)).toEqual([true]);
    expect(JSON.stringify(profiles, undefined, 2).length).toBeLessThan(262_144);
    expect(salvaged).toHaveLength(1);
    expect(originals.map(({ text }) => text)).toEqual([new TextDecoder().decode(session.bytes)]);
  });

  it.each([
    ["a list of entries", [{ id: "a-1" }, { session_id: "b-2" }], ["a-1", "b-2"], 0],
    ["entries that are no objects", { "a-1": "Ada", "b-2": {} }, ["b-2"], 1],
    ["nothing", undefined, [], 0],
  ])("reads a registry whose sessions are %s", (_, sessions, ids, noted) => {
    const { profiles, salvaged } = translate([file("REGISTRY.json", { sessions })]);
    expect(profiles.map(({ id }) => id)).toEqual(ids);
    expect(salvaged).toHaveLength(noted);
  });
});
