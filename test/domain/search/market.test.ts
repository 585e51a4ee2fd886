import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { skills } from "../../../src/domain/search/market.ts";
import { toInstant } from "../../../src/domain/values/time.ts";
import { aCollaboration, aHeartbeat, aProfile, aState, NOON } from "../../support/builders.ts";

const AN_HOUR_AGO = "2026-01-31T11:00:00Z";
const A_WEEK_AGO = "2026-01-24T12:00:00Z";

function offering(id: string, tags: readonly string[], over: object = {}) {
  return aProfile({ id, specialization: tags, capabilities_offered: tags, ...over });
}

let made = 0;

/** A request that a session completed a number of seconds after it accepted it. */
function completed(to_session: string, request: string, seconds = 3600, over: object = {}) {
  const accepted = toInstant(Date.parse(AN_HOUR_AGO) - seconds * 1000);
  const history = [
    { status: "pending", session: "session-9", at: A_WEEK_AGO },
    { status: "accepted", session: to_session, at: accepted },
    { status: "in_progress", session: to_session, at: accepted },
    { status: "completed", session: to_session, at: AN_HOUR_AGO },
  ];
  const request_id = `collab-1769860800-${String(made++).padStart(4, "0")}`;
  return aCollaboration({ request_id, to_session, request, status: "completed", history, ...over });
}

function need(to_capability: string, over: object = {}) {
  const request_id = `collab-1769860800-${String(made++).padStart(4, "0")}`;
  return aCollaboration({ request_id, to_session: null, to_capability, request: "Charts", ...over });
}

/** The number of completed requests for each session and skill. */
function counts(state: ReturnType<typeof aState>) {
  return skills(state, NOON).skills.flatMap(({ skill, offers }) =>
    offers.map((offer) => [offer.id, skill, offer.completed]),
  );
}

describe("the market of skills", () => {
  it("shows each offer with presence, note and completed requests", () => {
    const until = "2026-02-01T12:00:00Z";
    const offers = [{ skill: "react", note: "Charts only", since: AN_HOUR_AGO, until }];
    const state = aState({
      sessions: [offering("aa", ["react"]), offering("bb", ["React"], { offers })],
      heartbeats: [aHeartbeat({ session_id: "bb" })],
      collaborations: [completed("bb", "Charts in React", 100), completed("bb", "react table", 200)],
      archived: [completed("bb", "A react app", 1200)],
    });
    expect(skills(state, NOON)).toEqual({
      skills: [
        {
          skill: "react",
          needs: [],
          offers: [
            {
              id: "bb",
              presence: "alive",
              note: "Charts only",
              since: AN_HOUR_AGO,
              until,
              completed: 3,
              median_seconds: 200,
              last: AN_HOUR_AGO,
            },
            {
              id: "aa",
              presence: "offline",
              note: null,
              since: NOON,
              until: null,
              completed: 0,
              median_seconds: null,
              last: null,
            },
          ],
        },
      ],
    });
  });

  it("recognizes a skill in any spelling, and shows the first spelling", () => {
    const state = aState({
      sessions: [
        offering("aa", ["React  Native"]),
        offering("bb", [], { offers: [{ skill: "react NATIVE", since: A_WEEK_AGO }] }),
      ],
      collaborations: [need("REACT native")],
    });
    expect(skills(state, NOON).skills).toMatchObject([
      { skill: "react NATIVE", offers: [{ id: "aa" }, { id: "bb" }], needs: [{ text: "Charts" }] },
    ]);
    expect(skills(state, NOON, " react native ").skills).toHaveLength(1);
    expect(skills(state, NOON, "react").skills).toEqual([]);
  });

  it("lists alive sessions first, then those with more completed requests", () => {
    const state = aState({
      sessions: ["aa", "bb", "cc", "dd"].map((id) => offering(id, ["go"])),
      heartbeats: ["cc", "dd"].map((session_id) => aHeartbeat({ session_id })),
      collaborations: [completed("bb", "go"), completed("dd", "go")],
    });
    expect(skills(state, NOON).skills[0]?.offers.map(({ id }) => id)).toEqual(["dd", "cc", "bb", "aa"]);
  });

  it("shows no expired offer", () => {
    const offers = [{ skill: "go", since: A_WEEK_AGO, until: AN_HOUR_AGO }];
    expect(skills(aState({ sessions: [offering("aa", ["go", "sql"], { offers })] }), NOON)).toMatchObject({
      skills: [{ skill: "sql" }],
    });
  });

  it("lists unassigned requests, oldest first, with or without offers", () => {
    const state = aState({
      sessions: [offering("aa", ["go"])],
      collaborations: [
        need("Rust", { created_at: NOON }),
        need("rust", { created_at: AN_HOUR_AGO, urgency: "high" }),
        need("go", { status: "accepted", to_session: "aa" }),
        need("go", { status: "expired" }),
        aCollaboration(),
      ],
    });
    expect(skills(state, NOON).skills).toMatchObject([
      { skill: "go", needs: [] },
      {
        skill: "rust",
        offers: [],
        needs: [{ created_at: AN_HOUR_AGO, urgency: "high" }, { created_at: NOON }],
      },
    ]);
  });
});

describe("a completed request counts for a skill", () => {
  const one = (tags: readonly string[], ...done: ReturnType<typeof completed>[]) =>
    counts(aState({ sessions: [offering("aa", tags)], collaborations: done }));

  it.each([
    ["when its text says the skill", ["deployment"], "Deploying the service", 1],
    ["when it says it in one word", ["real-time"], "A realtime chart", 1],
    ["when it says it in two", ["realtime"], "A real-time chart", 1],
    ["when the taxonomy relates its words to the skill", ["devops"], "Deploy the service", 1],
    ["only when all of the skill is said", ["react native"], "A react app", 0],
    ["not when it is about something else", ["go"], "A react app", 0],
    ["not by parts of words", ["ui"], "Build the guitar", 0],
    ["not for a skill without a word", ["+++"], "A react app +++", 0],
  ])("%s", (_, tags, text, expected) => {
    expect(one(tags, completed("aa", text)).map(([, , number]) => number)).toEqual([expected]);
  });

  it("if it asked for the skill, for any text", () => {
    expect(one(["Go"], completed("aa", "Port it", 60, { to_capability: "GO" }))).toEqual([["aa", "Go", 1]]);
  });

  it("only for the session that completed it, and once", () => {
    const state = aState({
      sessions: [offering("aa", ["go"]), offering("bb", ["go"])],
      archived: [completed("bb", "go go go")],
    });
    expect(counts(state)).toEqual([
      ["bb", "go", 1],
      ["aa", "go", 0],
    ]);
  });

  it("only if it was completed", () => {
    const open = ["pending", "accepted", "in_progress", "declined", "cancelled", "expired"];
    expect(one(["go"], ...open.map((status) => completed("aa", "go", 1, { status })))).toEqual([
      ["aa", "go", 0],
    ]);
  });

  it.each([
    ["halfway between the two in the middle", [10, 21, 30, 1000], 26],
    ["none where no record says when it was accepted", [], null],
    ["never less than nothing, though clocks differ", [-500], 0],
  ])("and its median time is %s", (_, seconds, expected) => {
    const unknown = completed("aa", "go", 1, { history: [], updated_at: AN_HOUR_AGO });
    const done = [...seconds.map((each) => completed("aa", "go", each)), unknown];
    const state = aState({ sessions: [offering("aa", ["go"])], collaborations: done });
    expect(skills(state, NOON).skills[0]?.offers[0]).toMatchObject({
      completed: seconds.length + 1,
      median_seconds: expected,
      last: AN_HOUR_AGO,
    });
  });
});

describe("for any hive, the market", () => {
  const tag = fc.constantFrom("react", "React", "ui", "go", "react  native", "+");
  const person = fc.record({
    id: fc.constantFrom("aa", "bb", "cc", "dd"),
    tags: fc.array(tag, { maxLength: 4 }),
  });
  const people = fc
    .uniqueArray(person, { selector: ({ id }) => id })
    .map((all) => all.map(({ id, tags }) => offering(id, tags)));

  it("is the same for any order of files, and the view of one skill equals its part of the whole", () => {
    fc.assert(
      fc.property(people, fc.array(fc.tuple(tag, tag)), tag, (sessions, asked, skill) => {
        const requests = asked.flatMap(([one, other]) => [need(one), completed("aa", `${one} ${other}`)]);
        const state = aState({ sessions, collaborations: requests });
        const reversed = aState({
          sessions: [...sessions].reverse(),
          collaborations: [...requests].reverse(),
        });
        const whole = skills(state, NOON);
        expect(skills(reversed, NOON)).toEqual(whole);
        const [part] = skills(state, NOON, skill).skills;
        if (part) expect(whole.skills).toContainEqual(part);
      }),
    );
  });
});
