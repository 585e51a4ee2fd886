import { describe, expect, it } from "vitest";
import { decide } from "../../../../src/domain/decide.ts";
import { register } from "../../../../src/domain/sessions/operations/register.ts";
import { Heartbeat, Profile, Registry, Retired } from "../../../../src/domain/sessions/session.ts";
import type { Snapshot } from "../../../../src/domain/snapshot.ts";
import { Ulid } from "../../../../src/domain/values/ids.ts";
import { aHeartbeat, anOperation, aProfile, aState, changeOf, NOON } from "../../../support/builders.ts";
import { isOneVisibleLine } from "../../../support/unsafe.ts";

const LATER = "2026-01-31T14:00:00Z";
const KNOWN = aProfile({
  name: "Ada",
  role: "Frontend",
  status: "paused",
  specialization: ["react"],
  capabilities_offered: ["react", "css"],
  current_work: "Charts",
  port: 8003,
});

function again(input: unknown) {
  const state = aState({ sessions: [KNOWN], heartbeats: [aHeartbeat({ host: "mac" })] });
  return changeOf(decide(register, state, anOperation(input, { at: LATER })));
}

describe("registering again a session whose status has an end", () => {
  const until = "2026-01-31T15:00:00Z";
  const registerAt = (at: string, input: object = {}) => {
    const sessions = [{ ...KNOWN, status_until: until }];
    const heartbeats = [aHeartbeat({ status: "paused", status_until: until })];
    return changeOf(decide(register, aState({ sessions, heartbeats }), anOperation(input, { at })));
  };
  const FILES = ["HEARTBEATS/session-1.json", "SESSIONS/session-1.json"];

  it("keeps the end in profile and heartbeat", () => {
    for (const path of FILES)
      expect(registerAt(LATER).json(path)).toMatchObject({ status: "paused", status_until: until });
  });

  it.each([
    ["makes the session active after the end", "2026-01-31T15:00:00Z", {}, "active"],
    ["sets another status without an end", LATER, { status: "idle" }, "idle"],
    ["sets the same status without an end", LATER, { status: "paused" }, "paused"],
  ])("%s", (_, at, input, status) => {
    for (const path of FILES) {
      expect(registerAt(at, input).json(path)).toMatchObject({ status });
      expect(registerAt(at, input).json(path)).not.toHaveProperty("status_until");
    }
    expect(registerAt(at, input).json("REGISTRY.json")).toMatchObject({
      sessions: { "session-1": { status } },
    });
  });
});

describe("registering", () => {
  it("writes profile, registry entry and first heartbeat in one change", () => {
    const input = { name: "Ada", role: "Frontend", work: "Charts", status: "idle", skills: ["react", "ui"] };
    const change = changeOf(decide(register, aState(), anOperation(input)));
    expect(change.paths).toEqual(["HEARTBEATS/session-1.json", "REGISTRY.json", "SESSIONS/session-1.json"]);
    expect(change.json("SESSIONS/session-1.json")).toEqual({
      id: "session-1",
      name: "Ada",
      role: "Frontend",
      status: "idle",
      specialization: ["react", "ui"],
      capabilities_offered: ["react", "ui"],
      current_work: "Charts",
      registered_at: NOON,
      updated_at: NOON,
    });
    expect(change.json("HEARTBEATS/session-1.json")).toEqual({
      session_id: "session-1",
      name: "Ada",
      status: "idle",
      last_heartbeat: NOON,
      worked_at: null,
      capabilities_offered: ["react", "ui"],
      current_work: "Charts",
    });
    expect(change.json("REGISTRY.json")).toMatchObject({
      last_updated: NOON,
      sessions: { "session-1": { id: "session-1", name: "Ada", specialization: ["react", "ui"] } },
    });
    expect(change.result).toEqual({ session: change.json("SESSIONS/session-1.json"), renewed: false });
    expect(change.subject).toBe("register session-1: Frontend");
  });

  it("needs only an id", () => {
    const { result } = changeOf(decide(register, aState(), anOperation()));
    expect(result.session).toMatchObject({
      name: "session-1",
      role: "",
      status: "active",
      specialization: [],
    });
  });

  it("writes files that their schemas accept", () => {
    const { json } = changeOf(decide(register, aState(), anOperation({ skills: ["a b"] })));
    expect(() => Profile.parse(json("SESSIONS/session-1.json"))).not.toThrow();
    expect(() => Heartbeat.parse(json("HEARTBEATS/session-1.json"))).not.toThrow();
    expect(() => Registry.parse(json("REGISTRY.json"))).not.toThrow();
  });

  it("does not change the other entries of the registry", () => {
    const other = aProfile({ id: "session-2", name: "Bob", port: 8004 });
    const registry = { registry_version: "1.0", sessions: {}, coordinator: "session-2" };
    const { json } = changeOf(decide(register, aState({ sessions: [other], registry }), anOperation()));
    expect(json("REGISTRY.json")).toMatchObject({
      coordinator: "session-2",
      sessions: { "session-2": { name: "Bob" }, "session-1": { name: "session-1" } },
    });
  });
});

describe("registering again", () => {
  it("keeps unknown keys", () => {
    const { json } = again({});
    expect(json("SESSIONS/session-1.json")).toMatchObject({ port: 8003 });
    expect(json("HEARTBEATS/session-1.json")).toMatchObject({ host: "mac" });
  });

  it.each(["name", "role", "status", "specialization", "capabilities_offered", "current_work"])(
    "keeps the %s that is not given",
    (field) => {
      expect(again({}).result.session[field]).toEqual(KNOWN[field]);
    },
  );

  it.each([
    [{ name: "Eve" }, { name: "Eve" }],
    [{ role: "Backend" }, { role: "Backend" }],
    [{ status: "idle" }, { status: "idle" }],
    [{ work: "Tests" }, { current_work: "Tests" }],
    [{ skills: ["go"] }, { specialization: ["go"], capabilities_offered: ["go"] }],
    [{ skills: [] }, { specialization: [], capabilities_offered: [] }],
  ])("changes what is given: %j", (input, changed) => {
    expect(again(input).result).toMatchObject({ session: changed, renewed: true });
  });

  it("keeps the instant of registration, and sets the instant of the change", () => {
    expect(again({}).result.session).toMatchObject({ registered_at: NOON, updated_at: LATER });
  });

  it("writes a heartbeat even when the last one is fresh", () => {
    expect(again({}).json("HEARTBEATS/session-1.json")).toMatchObject({ last_heartbeat: LATER });
  });
});

describe("the input of a registration", () => {
  it.each([
    ["an empty name", { name: "" }, "the text is empty"],
    ["two lines", { role: "a\nb" }, "one line"],
    ["a terminal escape", { work: "a\u001b[31mb" }, "one line"],
    ["a name of 401 characters", { name: "x".repeat(401) }, "at most 400"],
    ["a status of two words", { status: "Very busy" }, "one lower-case word"],
    ["65 skills", { skills: Array(65).fill("a") }, "at most 64"],
    ["an empty skill", { skills: ["a", " "] }, "the text is empty"],
  ])("is refused when it is %s", (_, input, reason) => {
    expect(() => decide(register, aState(), anOperation(input))).toThrow(reason);
  });

  it.each([
    ["a bidirectional override", "a\u202egpj"],
    ["a zero-width space", "a\u200bb"],
    ["a tag character", "a\u{e0041}"],
    ["the longest role", "x".repeat(400)],
  ])("is one short visible line in the log, even with %s", (_, role) => {
    const { subject } = changeOf(decide(register, aState(), anOperation({ role })));
    expect(isOneVisibleLine(subject)).toBe(true);
    expect(subject.length).toBeLessThanOrEqual(120);
  });
});

describe("registering under a name that must be new", () => {
  it("records its operation as the registration of the name", () => {
    const { result } = changeOf(decide(register, aState(), anOperation({ fresh: true })));
    expect(result.session.registration).toBe(anOperation().op);
  });

  it("is refused when the name is registered", () => {
    const decided = decide(register, aState({ sessions: [KNOWN] }), anOperation({ fresh: true }));
    expect(decided).toMatchObject({ kind: "refusal", code: "name_taken" });
  });

  it("keeps its registration when it registers again", () => {
    const { result } = changeOf(decide(register, aState(), anOperation({ fresh: true })));
    const state = aState({ sessions: [result.session] });
    const renewed = changeOf(decide(register, state, anOperation({ role: "Backend" }, { at: LATER })));
    expect(renewed.result.session).toMatchObject({ role: "Backend", registration: anOperation().op });
  });
});

describe("an operation that requires a registration", () => {
  const MINE = "01KG9M2V0000000000000000AA";
  const OTHER = "01KG9M2V0000000000000000AB";
  const attempt = (registration: string) => ({
    ...anOperation({ role: "Backend" }),
    registration: Ulid.parse(registration),
  });

  it("is decided normally when that registration holds the name", () => {
    const state = aState({ sessions: [aProfile({ registration: MINE })] });
    expect(decide(register, state, attempt(MINE))).toMatchObject({ kind: "change" });
  });

  it.each([
    ["registered by another operation", [aProfile({ registration: OTHER })]],
    ["registered without the fresh flag", [aProfile()]],
    ["not registered", []],
  ])("is refused when the name is %s", (_, sessions) => {
    expect(decide(register, aState({ sessions }), attempt(MINE))).toMatchObject({
      kind: "refusal",
      code: "not_yours",
    });
  });
});

describe("a retired name", () => {
  const REGISTRATION = "01KG9M2V0000000000000000BB";
  const retiredWith = (entry: object) =>
    aState({
      retired: Retired.parse({ sessions: { "session-1": { retired_at: NOON, ...entry } }, note: "kept" }),
    });
  const byHand = retiredWith({});
  const byTool = retiredWith({ registration: REGISTRATION });
  const registering = (state: Snapshot, input: object, registration?: string) =>
    decide(register, state, {
      ...anOperation(input, { kind: "register" }),
      ...(registration === undefined ? {} : { registration: Ulid.parse(registration) }),
    });

  it.each([
    ["by anybody", byHand, {}, undefined, "name_retired"],
    ["as a new name", byHand, { fresh: true }, undefined, "name_taken"],
    ["as a new name, though it was a coding tool's", byTool, { fresh: true }, undefined, "name_taken"],
    [
      "by a word that a coding tool's session never needs",
      byTool,
      { returns: true },
      undefined,
      "name_retired",
    ],
    ["by another registration", byTool, { returns: true }, "01KG9M2V0000000000000000CC", "not_yours"],
    ["by a registration where there was none", byHand, { returns: true }, REGISTRATION, "not_yours"],
  ])("is not registered %s", (_, state, input, registration, code) => {
    expect(registering(state, input, registration)).toMatchObject({ kind: "refusal", code });
  });

  it("is named in the refusal with the way back", () => {
    expect(registering(byHand, {})).toMatchObject({
      hint: expect.stringContaining("register session-1 --return"),
    });
  });

  it.each([
    ["by its own word", byHand, { returns: true }, undefined],
    ["by its registration", byTool, {}, REGISTRATION],
  ])("is registered again %s, and is retired no more", (_, state, input, registration) => {
    const change = changeOf(registering(state, input, registration));
    expect(change.paths).toEqual([
      "HEARTBEATS/session-1.json",
      "REGISTRY.json",
      "RETIRED.json",
      "SESSIONS/session-1.json",
    ]);
    expect(change.json("RETIRED.json")).toEqual({ sessions: {}, note: "kept" });
    expect(change.result).toMatchObject({ renewed: true });
    expect(Profile.parse(change.json("SESSIONS/session-1.json")).registration).toBe(registration);
  });

  it("of another session is of no concern", () => {
    const change = changeOf(decide(register, byTool, anOperation({}, { session: "session-2" })));
    expect(change.paths).not.toContain("RETIRED.json");
  });
});
