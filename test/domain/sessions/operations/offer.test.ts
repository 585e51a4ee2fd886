import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide } from "../../../../src/domain/decide.ts";
import type { Decision } from "../../../../src/domain/decision.ts";
import type { Operation } from "../../../../src/domain/operation.ts";
import { findHelp } from "../../../../src/domain/search/find-help.ts";
import { offer } from "../../../../src/domain/sessions/operations/offer.ts";
import { register } from "../../../../src/domain/sessions/operations/register.ts";
import { withdraw } from "../../../../src/domain/sessions/operations/withdraw.ts";
import { Heartbeat, Profile } from "../../../../src/domain/sessions/session.ts";
import type { Snapshot } from "../../../../src/domain/snapshot.ts";
import { aHeartbeat, anOperation, aProfile, aState, changeOf, NOON } from "../../../support/builders.ts";
import { isOneVisibleLine } from "../../../support/unsafe.ts";

const LATER = "2026-01-31T14:00:00Z";
const TOMORROW = "2026-02-01T12:00:00Z";
const NEXT_WEEK = "2026-02-07T12:00:00Z";
const KNOWN = aProfile({ specialization: ["React"], capabilities_offered: ["React"], port: 8003 });

function hive(profile = KNOWN, heartbeat: object = {}): Snapshot {
  return aState({ sessions: [profile], heartbeats: [aHeartbeat(heartbeat)] });
}

function offering(input: object, state = hive(), over: Partial<Operation> = {}) {
  return decide(offer, state, anOperation(input, over));
}

function withdrawing(skill: string, state = hive(), over: Partial<Operation> = {}) {
  return decide(withdraw, state, anOperation({ skill }, over));
}

/** The profile and the heartbeat of the session after a decision, as a state. */
function leftBy(decision: Decision<unknown>): Snapshot {
  const { json } = changeOf(decision);
  const profile = Profile.parse(json("SESSIONS/session-1.json"));
  const beat = Heartbeat.parse(json("HEARTBEATS/session-1.json"));
  return aState({ sessions: [profile], heartbeats: [beat] });
}

async function findsIt(skill: string, state: Snapshot, now = LATER): Promise<boolean> {
  return (await findHelp(state, skill, now)).matches.length > 0;
}

describe("offering a skill", () => {
  it("writes it to the same fields as register, with its details", () => {
    const change = changeOf(offering({ skill: "go", note: "Services only", until: TOMORROW }));
    expect(change.paths).toEqual(["HEARTBEATS/session-1.json", "REGISTRY.json", "SESSIONS/session-1.json"]);
    expect(change.json("SESSIONS/session-1.json")).toEqual({
      ...KNOWN,
      specialization: ["React", "go"],
      capabilities_offered: ["React", "go"],
      offers: [{ skill: "go", note: "Services only", since: NOON, until: TOMORROW }],
    });
    expect(change.json("HEARTBEATS/session-1.json")).toMatchObject({ capabilities_offered: ["React", "go"] });
    expect(change.json("REGISTRY.json")).toMatchObject({
      sessions: { "session-1": { specialization: ["React", "go"] } },
    });
    expect(change.subject).toBe(`offer session-1: go until ${TOMORROW}: Services only`);
    expect(change.result).toMatchObject({ session: { id: "session-1" }, offer: { skill: "go" } });
  });

  it("makes find-help find it at once, although the last heartbeat is fresh", async () => {
    expect(await findsIt("go", hive())).toBe(false);
    expect(await findsIt("go", leftBy(offering({ skill: "go" })))).toBe(true);
  });

  it.each([" react ", "REACT", "rEact"])("treats %j as the known skill React", (skill) => {
    const { result } = changeOf(offering({ skill }));
    expect(result).toMatchObject({ offer: { skill: "React" }, session: { capabilities_offered: ["React"] } });
  });

  it("folds inner white space", () => {
    expect(changeOf(offering({ skill: "react  \u00a0native" })).result.offer.skill).toBe("react native");
  });

  it("again changes the given note and end, and keeps the rest with the start", () => {
    const first = leftBy(offering({ skill: "go", note: "Services only", until: TOMORROW }));
    const again = (input: object) =>
      changeOf(offering({ skill: "GO", ...input }, first, { at: LATER })).result.offer;
    const whole = { skill: "go", note: "Services only", since: NOON, until: TOMORROW };
    expect(again({ note: "All of it" })).toEqual({ ...whole, note: "All of it" });
    expect(again({ until: NEXT_WEEK })).toEqual({ ...whole, until: NEXT_WEEK });
  });

  it("again without news writes nothing", () => {
    const first = leftBy(offering({ skill: "go", until: TOMORROW }));
    expect(offering({ skill: "Go" }, first, { at: LATER })).toMatchObject({ kind: "nothing" });
    expect(offering({ skill: "Go", until: TOMORROW }, first, { at: LATER }).kind).toBe("nothing");
  });

  it("again after it has lapsed makes a new offer, without an end unless one is given", async () => {
    const first = leftBy(offering({ skill: "go", note: "Services only", until: TOMORROW }));
    const renewed = offering({ skill: "go" }, first, { at: NEXT_WEEK });
    expect(changeOf(renewed).result.offer).toEqual({ skill: "go", note: "Services only", since: NEXT_WEEK });
    expect(await findsIt("go", leftBy(renewed), NEXT_WEEK)).toBe(true);
  });

  it("keeps unknown keys in the profile and in the offer", () => {
    const profile = aProfile({ port: 8003, offers: [{ skill: "go", since: NOON, price: 3 }] });
    const { result } = changeOf(offering({ skill: "go", note: "Now" }, hive(profile)));
    expect(result).toMatchObject({ session: { port: 8003 }, offer: { price: 3, note: "Now" } });
  });

  it("is refused with an end that has passed, and beyond the maximum number of skills", () => {
    expect(offering({ skill: "go", until: NOON })).toMatchObject({ code: "already_past" });
    const tags = Array.from({ length: 64 }, (_, index) => `skill ${index}`);
    const full = hive(aProfile({ specialization: tags, capabilities_offered: tags }));
    expect(offering({ skill: "go" }, full)).toMatchObject({
      code: "too_many_skills",
      hint: "Remove one first: hive withdraw <skill>",
    });
    expect(offering({ skill: "Skill 63", note: "Gladly" }, full).kind).toBe("change");
  });

  it("changes a skill in an imported list beyond the maximum, but adds none", () => {
    const tags = Array.from({ length: 200 }, (_, index) => `skill ${index}`);
    const imported = hive(aProfile({ specialization: tags, capabilities_offered: tags }));
    expect(offering({ skill: "skill 0", note: "Gladly" }, imported).kind).toBe("change");
    expect(offering({ skill: "skill 200" }, imported)).toMatchObject({ code: "too_many_skills" });
  });

  it.each([
    ["nothing", { skill: " " }, "the text is empty"],
    ["two lines", { skill: "a\nb" }, "one line"],
    ["101 characters", { skill: "x".repeat(101) }, "at most 100"],
    ["10,000 characters", { skill: "x".repeat(10_000) }, "at most 400"],
    ["an empty note", { skill: "go", note: "" }, "the text is empty"],
    ["an end that is not an instant", { skill: "go", until: "tomorrow" }, "ISO 8601"],
  ])("refuses %s", (_, input, reason) => {
    expect(() => offering(input)).toThrow(reason);
  });
});

describe("withdrawing a skill", () => {
  it("removes it from every field", async () => {
    const profile = aProfile({
      specialization: ["React", "go"],
      capabilities_offered: ["react", "css"],
      offers: [{ skill: "REACT", since: NOON }],
    });
    const decision = withdrawing(" react", hive(profile, { capabilities_offered: ["React"] }));
    expect(changeOf(decision).result).toMatchObject({
      skill: "React",
      session: { specialization: ["go"], capabilities_offered: ["css"], offers: [] },
    });
    expect(changeOf(decision).subject).toBe("withdraw session-1: React");
    expect(await findsIt("react", leftBy(decision))).toBe(false);
  });

  it("works also for a skill that only an old tool's heartbeat has", async () => {
    const state = hive(aProfile(), { capabilities_offered: ["kafka"] });
    expect(await findsIt("kafka", state)).toBe(true);
    expect(await findsIt("kafka", leftBy(withdrawing("Kafka", state)))).toBe(false);
  });

  it("that is not offered is refused with the offered skills", () => {
    expect(withdrawing("cobol")).toMatchObject({
      code: "not_offered",
      message: "session-1 does not offer cobol; it offers React.",
      hint: "Withdraw one of these: hive withdraw <skill>",
    });
    expect(withdrawing("cobol", hive(aProfile()))).toMatchObject({
      message: "session-1 does not offer cobol; it offers nothing.",
      hint: "Offer a skill: hive offer <skill>",
    });
  });

  it("names at most a dozen skills", () => {
    const tags = Array.from({ length: 20 }, (_, index) => `skill${index}`);
    expect(withdrawing("cobol", hive(aProfile({ specialization: tags })))).toMatchObject({
      message: expect.stringMatching(/skill11 and 8 more\.$/),
    });
  });
});

describe("registering again with other skills", () => {
  it("drops the offers of removed skills, and keeps the rest", () => {
    const offers = ["React", "go"].map((skill) => ({ skill, since: NOON }));
    const again = (input: object) =>
      changeOf(decide(register, hive(aProfile({ offers })), anOperation(input))).result.session.offers;
    expect(again({ skills: ["GO", "css"] })).toEqual([{ skill: "go", since: NOON }]);
    expect(again({ role: "Backend" })).toEqual(offers);
  });
});

describe("any offer", () => {
  const skill = fc.string({ unit: "binary", minLength: 1, maxLength: 30 });

  it("can be read back, is found, is one line in the log, and is gone when withdrawn", async () => {
    await fc.assert(
      fc.asyncProperty(skill, async (text) => {
        fc.pre(offer.input.safeParse({ skill: text }).success);
        const offered = offering({ skill: text });
        expect(isOneVisibleLine(changeOf(offered).subject)).toBe(true);
        const state = leftBy(offered);
        const tags = state.sessions.get(KNOWN.id)?.capabilities_offered;
        expect(await findsIt(text, state)).toBe(true);
        const gone = leftBy(withdrawing(text, state)).sessions.get(KNOWN.id);
        expect(gone?.capabilities_offered).toEqual(tags?.filter((tag) => KNOWN.specialization.includes(tag)));
        expect(gone?.offers).toEqual([]);
      }),
    );
  });
});
