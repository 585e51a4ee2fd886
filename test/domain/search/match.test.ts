import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { match } from "../../../src/domain/search/match.ts";
import { SessionId } from "../../../src/domain/values/ids.ts";
import { aCollaboration, aHeartbeat, aProfile, aState, NOON } from "../../support/builders.ts";

const TWO_MINUTES_AGO = "2026-01-31T11:58:00Z";
const AN_HOUR_AGO = "2026-01-31T11:00:00Z";
const NINE_DAYS_AGO = "2026-01-22T12:00:00Z";
const AN_HOUR_AHEAD = "2026-01-31T13:00:00Z";

const DASHBOARD = aProfile({
  id: "session-1-dashboard",
  name: "Dashboard Builder",
  role: "Frontend/UI Development",
  specialization: ["react", "ui", "visualization"],
});
const DEPLOYMENT = aProfile({
  id: "session-4-deployment",
  name: "Deployment Engineer",
  role: "Deployment Automation & Infrastructure",
  specialization: ["deployment", "devops", "automation"],
});
const TASK = "Deploy the service to production";

function seenAt(id: string, last_heartbeat: string, over: Record<string, unknown> = {}) {
  return aHeartbeat({ session_id: id, last_heartbeat, ...over });
}

function requests(count: number, to_session: string, status = "pending") {
  return Array.from({ length: count }, (_, at) =>
    aCollaboration({ request_id: `collab-1769860800-aaa${at}`, to_session, status }),
  );
}

describe("matching a task", () => {
  it("proposes the session that fits, with reasons and the command to ask it", () => {
    const state = aState({
      sessions: [DASHBOARD, DEPLOYMENT],
      heartbeats: [seenAt(DEPLOYMENT.id, TWO_MINUTES_AGO)],
      collaborations: requests(2, DEPLOYMENT.id),
    });
    expect(match(state, TASK, NOON)).toEqual({
      task: TASK,
      keywords: ["deploy", "service", "production"],
      matches: [
        {
          id: DEPLOYMENT.id,
          name: "Deployment Engineer",
          role: "Deployment Automation & Infrastructure",
          score: expect.any(Number),
          relevance: expect.any(Number),
          reasons: [
            "specialization: deployment",
            "name: Deployment",
            "role: Deployment",
            "alive 2m ago",
            "2 open requests",
          ],
          presence: "alive",
          available: true,
        },
      ],
      next: [
        'hive request session-4-deployment "Deploy the service to production"',
        'hive broadcast "Deploy the service to production"',
      ],
    });
  });

  it.each([
    ["has nothing to do with anybody", "Fix the espresso machine"],
    ["shares parts of words only", "maintain the email templates and the paint"],
    ["shares one word in many", `${"zebra yak okapi tapir gnu ibex kudu eland oryx ".repeat(3)} react`],
  ])("proposes a broadcast and nobody when the task %s", (_, task) => {
    const words = Array.from({ length: 27 }, (_, at) => `animal${String.fromCharCode(97 + at)}`).join(" ");
    const state = aState({ sessions: [{ ...DASHBOARD, role: words }, DEPLOYMENT] });
    const { matches, next } = match(state, task, NOON);
    expect(matches).toEqual([]);
    expect(next).toEqual([`hive broadcast "${task.trim().replaceAll(/\s+/g, " ")}"`]);
  });

  it("never proposes the session that asks", () => {
    const state = aState({ sessions: [DASHBOARD, DEPLOYMENT] });
    expect(match(state, TASK, NOON, SessionId.parse(DEPLOYMENT.id)).matches).toEqual([]);
  });

  it("proposes a short profile that only the taxonomy relates to the task, and says so", () => {
    const state = aState({ sessions: [aProfile({ id: "aa", name: "Ada", specialization: ["react"] })] });
    expect(match(state, "a new dashboard", NOON).matches[0]?.reasons).toEqual([
      "related specialization: react",
      "offline, never seen",
    ]);
  });

  it("reads current work and offers from a newer heartbeat too", () => {
    const state = aState({
      sessions: [aProfile({ id: "aa", updated_at: NINE_DAYS_AGO })],
      heartbeats: [seenAt("aa", NOON, { capabilities_offered: ["kafka"], current_work: "billing" })],
    });
    expect(match(state, "kafka for billing", NOON).matches[0]?.reasons).toEqual([
      "capabilities_offered: kafka",
      "current_work: billing",
      "alive 0s ago",
    ]);
  });

  it("lists at most five", () => {
    const sessions = Array.from({ length: 9 }, (_, at) => ({
      ...DEPLOYMENT,
      id: SessionId.parse(`aa-${at}`),
    }));
    expect(match(aState({ sessions }), TASK, NOON).matches).toHaveLength(5);
  });
});

describe("presence and load", () => {
  const [ONE, OTHER] = [
    { ...DEPLOYMENT, id: SessionId.parse("aa") },
    { ...DEPLOYMENT, id: SessionId.parse("bb") },
  ];

  it.each([
    ["alive before stale", [seenAt("aa", AN_HOUR_AGO), seenAt("bb", NOON)], []],
    ["stale before offline", [seenAt("aa", NINE_DAYS_AGO), seenAt("bb", AN_HOUR_AGO)], []],
    ["free before loaded", [seenAt("aa", NOON), seenAt("bb", NOON)], requests(1, "aa")],
    ["active before busy", [seenAt("aa", NOON, { status: "busy" }), seenAt("bb", NOON)], []],
  ])("put of two sessions that fit equally %s", (_, heartbeats, collaborations) => {
    const state = aState({ sessions: [ONE, OTHER], heartbeats, collaborations });
    expect(match(state, TASK, NOON).matches.map(({ id }) => id)).toEqual(["bb", "aa"]);
  });

  it("do not rank a session that barely fits above a session that clearly fits", () => {
    const barely = aProfile({ id: "aa", name: "Ada", role: "Writes the production notes" });
    const state = aState({
      sessions: [barely, { ...DEPLOYMENT, status: "paused", updated_at: NINE_DAYS_AGO }],
      heartbeats: [seenAt("aa", NOON), seenAt(DEPLOYMENT.id, NINE_DAYS_AGO)],
      collaborations: requests(9, DEPLOYMENT.id),
    });
    expect(match(state, TASK, NOON).matches[0]?.id).toBe(DEPLOYMENT.id);
  });

  it.each([
    ["alive and free", TWO_MINUTES_AGO, "active", 0, true, ["alive 2m ago"]],
    ["stale", AN_HOUR_AGO, "idle", 1, true, ["stale 1h ago", "1 open request"]],
    ["offline", NINE_DAYS_AGO, "active", 0, false, ["offline since 9d"]],
    ["completing", NOON, "completing", 0, false, ["alive 0s ago", "status: completing"]],
    ["paused", NOON, "paused", 0, false, ["alive 0s ago", "paused"]],
    ["loaded", NOON, "active", 3, false, ["alive 0s ago", "3 open requests"]],
    ["from the future", AN_HOUR_AHEAD, "active", 0, true, ["stale, its clock runs ahead"]],
  ])(
    "say of a session that is %s whether to ask it now, and why",
    (_, at, status, load, available, reasons) => {
      const state = aState({
        sessions: [{ ...DEPLOYMENT, status, updated_at: NINE_DAYS_AGO }],
        heartbeats: [seenAt(DEPLOYMENT.id, at, { status })],
        collaborations: requests(load, DEPLOYMENT.id),
      });
      const [found] = match(state, TASK, NOON).matches;
      expect(found?.available).toBe(available);
      expect(found?.reasons.filter((reason) => !/^(specialization|name|role):/.test(reason))).toEqual(
        reasons,
      );
    },
  );

  it("say until when a session is away, and rank alive sessions before it", () => {
    const away = { ...ONE, availability: { hours: "Mon-Fri 09:00-17:00 Europe/Berlin" } };
    const state = aState({ sessions: [away, OTHER], heartbeats: [seenAt("aa", NOON), seenAt("bb", NOON)] });
    const [first, second] = match(state, TASK, NOON).matches;
    expect([first?.id, second?.id]).toEqual(["bb", "aa"]);
    expect(second).toMatchObject({ available: false });
    expect(second?.reasons).toContain("away until Mon 09:00 Europe/Berlin");
    expect(match(state, TASK, "2026-02-02T08:00:00Z").matches.map(({ available }) => available)).toEqual([
      false,
      false,
    ]);
    expect(match(state, TASK, "2026-02-02T08:00:00Z").matches[0]?.reasons).not.toContain("away");
  });

  it("count open requests only", () => {
    const state = aState({ sessions: [DEPLOYMENT], collaborations: requests(3, DEPLOYMENT.id, "completed") });
    expect(match(state, TASK, NOON).matches[0]?.reasons).toContain("offline, never seen");
    expect(match(state, TASK, NOON).matches[0]?.reasons.join()).not.toContain("open request");
  });

  it("add a command for an available session that fits as well, after the best", () => {
    const better = { ...ONE, specialization: [...ONE.specialization, "production"] };
    const state = aState({ sessions: [better, OTHER], heartbeats: [seenAt("bb", NOON)] });
    const { next } = match(state, "deploy production", NOON);
    expect(next.map((command) => command.split(' "')[0])).toEqual([
      "hive request aa",
      "hive request bb",
      "hive broadcast",
    ]);
  });
});

describe("a session's completed requests", () => {
  const twins = ["aa", "bb"].map((id) => ({ ...DEPLOYMENT, id: SessionId.parse(id) }));
  const done = (to_session: string, request: string, index = 0) =>
    aCollaboration({
      request_id: `collab-1769860800-bbb${index}`,
      to_session,
      request,
      status: "completed",
      history: [
        { status: "accepted", session: to_session, at: NINE_DAYS_AGO },
        { status: "completed", session: to_session, at: "2026-01-22T14:00:00Z" },
      ],
    });

  it.each(["collaborations", "archived"] as const)(
    "puts who has done its like before who fits as well, and says so: %s",
    (place) => {
      const requests = [0, 1].map((index) => done("bb", "Deploy the shop to production", index));
      const state = aState({ sessions: twins, [place]: requests });
      const { matches } = match(state, TASK, NOON);
      expect(matches.map(({ id }) => id)).toEqual(["bb", "aa"]);
      expect(matches[0]?.reasons).toContain("completed 2 like it, median 2h");
      expect(matches[1]?.reasons.join()).not.toContain("completed");
    },
  );

  it("do not count if they are not similar to the task", () => {
    const state = aState({
      sessions: twins,
      collaborations: [done("bb", "Draw a service map of the billing")],
    });
    expect(match(state, TASK, NOON).matches.map(({ id }) => id)).toEqual(["aa", "bb"]);
  });

  it("raise no session whose profile does not fit, and none that fits half as well", () => {
    const requests = Array.from({ length: 9 }, (_, index) => done(DASHBOARD.id, TASK, index));
    const stranger = aState({ sessions: [DASHBOARD, DEPLOYMENT], collaborations: requests });
    expect(match(stranger, TASK, NOON).matches.map(({ id }) => id)).toEqual([DEPLOYMENT.id]);
    const barely = { ...DASHBOARD, role: "Writes the production notes" };
    const state = aState({ sessions: [barely, DEPLOYMENT], collaborations: requests });
    expect(match(state, TASK, NOON).matches[0]?.id).toBe(DEPLOYMENT.id);
  });
});

describe("the commands proposed", () => {
  const state = aState({ sessions: [DEPLOYMENT] });

  it.each([
    ["quote what a shell would expand", "deploy $(id)", "hive request session-4-deployment 'deploy $(id)'"],
    [
      "keep a dash from being an option",
      "--as bb deploy",
      'hive request session-4-deployment -- "--as bb deploy"',
    ],
    ["stay on one line", "deploy\nnow", 'hive request session-4-deployment "deploy now"'],
  ])("%s", (_, task, command) => {
    expect(match(state, task, NOON).next[0]).toBe(command);
  });

  it("are none for an empty task", () => {
    expect(match(state, " \n", NOON)).toEqual({ task: " \n", keywords: [], matches: [], next: [] });
  });
});

describe("for any task and any hive, matching", () => {
  const word = fc.constantFrom("react", "deploy", "ui", "kafka", "maintain", "email", "Frontend", "ai");
  const profile = fc.record({
    id: fc.constantFrom("aa", "bb", "cc", "dd", "ee", "ff", "gg"),
    role: fc.array(word, { maxLength: 4 }).map((words) => words.join(" ")),
    specialization: fc.array(word, { maxLength: 3 }),
    status: fc.constantFrom("active", "busy"),
  });
  const profiles = fc.uniqueArray(profile, { selector: ({ id }) => id }).map((all) => all.map(aProfile));
  const tasks = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(word, { maxLength: 5 }).map((words) => words.join(" ")),
  );

  it("gives finite scores, best first, and ends with a broadcast for any task with words", () => {
    fc.assert(
      fc.property(profiles, tasks, (sessions, task) => {
        const { matches, next } = match(aState({ sessions }), task, NOON);
        const scores = matches.map(({ score }) => score);
        expect(scores.every(Number.isFinite)).toBe(true);
        expect(scores).toEqual([...scores].sort((a, b) => b - a));
        if (next.length > 0) expect(next.at(-1)).toMatch(/^hive broadcast /);
      }),
    );
  });

  it("gives the same answer for any order of the sessions", () => {
    fc.assert(
      fc.property(profiles, tasks, (sessions, task) => {
        const reversed = aState({ sessions: [...sessions].reverse() });
        expect(match(reversed, task, NOON)).toEqual(match(aState({ sessions }), task, NOON));
      }),
    );
  });
});
