import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metrics } from "../../../src/domain/metrics/metrics.ts";
import { metricsBy } from "../../../src/domain/metrics/metrics-by.ts";
import { timedRequests } from "../../../src/domain/metrics/request-times.ts";
import { metricRows, shareRows } from "../../../src/domain/metrics/rows.ts";
import { spreadOf } from "../../../src/domain/metrics/spread.ts";
import type { Collaboration } from "../../../src/domain/requests/collaboration.ts";
import { aCollaboration, aHeartbeat, aProfile, aState, NOON } from "../../support/builders.ts";
import { oddRequests } from "../../support/requests.ts";

const NOTHING_REFUSED = { entries: [], isWhole: true };

/** The figures of requests, some of them archived, read at noon. */
function weigh(
  collaborations: readonly Collaboration[],
  archived: readonly Collaboration[] = [],
  since?: string,
) {
  const state = aState({ sessions: [aProfile()], heartbeats: [aHeartbeat()], collaborations, archived });
  const timed = timedRequests(state, since, NOON);
  return { state, timed, figures: metrics(state, timed, NOTHING_REFUSED, { since, now: NOON }) };
}

/** A request of session-2 to session-1 that reached these statuses at these times of the morning. */
function asked(id: string, created: string, steps: Record<string, string>, over: object = {}): Collaboration {
  const at = (time: string) => `2026-01-31T${time}:00Z`;
  const history = Object.entries({ pending: created, ...steps }).map(([status, time]) => ({
    status,
    session: status === "pending" ? "session-2" : "session-1",
    at: at(time),
  }));
  const status = history.at(-1)?.status;
  return aCollaboration({ request_id: id, created_at: at(created), status, history, ...over });
}

const MORNING = [
  asked("collab-1-aaaa", "08:00", { accepted: "08:10", in_progress: "08:20", completed: "09:00" }),
  asked("collab-2-aaaa", "08:00", { accepted: "08:30" }),
  asked("collab-3-aaaa", "09:00", { declined: "09:01" }),
  asked("collab-4-aaaa", "10:00", {}),
  asked("collab-5-aaaa", "11:00", {}),
];

describe("the figures of a hub", () => {
  it("are the number of requests, their times and their completion rate", () => {
    const { figures } = weigh(MORNING.slice(1), MORNING.slice(0, 1));
    expect(figures.sessions).toEqual({ registered: 1, active: 1, idle: 0, paused: 0, offline: 0 });
    expect(figures.collaborations).toEqual({
      total: 5,
      open: 3,
      by_status: {
        pending: 2,
        accepted: 1,
        in_progress: 0,
        completed: 1,
        declined: 1,
        cancelled: 0,
        expired: 0,
      },
      response_seconds: { count: 3, p50: 600, p90: 1800 },
      accept_seconds: { count: 2, p50: 600, p90: 1800 },
      complete_seconds: { count: 1, p50: 3600, p90: 3600 },
      completion_rate: 0.5,
      overdue: 0,
      unanswered: { count: 2, oldest_seconds: 7200 },
      left_out: 0,
    });
    expect(figures.load).toEqual([{ session: "session-1", open: 3 }]);
    expect(figures.weeks).toEqual([{ week: "2026-W05", made: 5, completed: 1, accept_seconds_p50: 600 }]);
  });

  it("are zero or null for an empty hub", () => {
    const { figures } = weigh([]);
    expect(figures.collaborations).toMatchObject({
      total: 0,
      completion_rate: null,
      unanswered: { count: 0 },
    });
    expect(figures.collaborations.response_seconds).toEqual({ count: 0, p50: null, p90: null });
    expect(weigh(MORNING.slice(3)).figures.collaborations.completion_rate).toBeNull();
  });

  it("count only requests made since an instant", () => {
    expect(weigh(MORNING, [], "2026-01-31T10:00:00Z").figures.collaborations.total).toBe(2);
  });

  it("leave out impossible instants and count them", () => {
    const [before, future, unknown] = [
      asked("collab-1-aaaa", "09:00", { accepted: "08:00", completed: "09:30" }),
      asked("collab-2-aaaa", "09:00", { accepted: "13:00" }),
      asked("collab-3-aaaa", "09:00", { accepted: "09:10" }, { seed_time: "unknown" }),
    ];
    const { collaborations } = weigh([before, future, unknown]).figures;
    expect(collaborations.accept_seconds.count).toBe(0);
    expect(collaborations.complete_seconds).toEqual({ count: 1, p50: 1800, p90: 1800 });
    expect(collaborations.left_out).toBe(3);
  });

  it("count a request in both folders once, as open", () => {
    const { collaborations } = weigh([asked("collab-1-aaaa", "08:00", {})], MORNING.slice(0, 1)).figures;
    expect(collaborations).toMatchObject({ total: 1, by_status: { pending: 1, completed: 0 } });
  });

  it("count handovers, and those that were accepted", () => {
    const handoff = { handoff: { goal: "Ship it" } };
    const { handovers } = weigh([
      asked("collab-1-aaaa", "08:00", { accepted: "09:00", completed: "10:00" }, handoff),
      asked("collab-2-aaaa", "08:00", { declined: "09:00" }, handoff),
      asked("collab-3-aaaa", "08:00", {}, handoff),
      asked("collab-4-aaaa", "08:00", { accepted: "09:00" }),
    ]).figures;
    expect(handovers).toEqual({ made: 3, open: 1, resumed: 1 });
  });

  it("count the refusals in the history by kind", () => {
    const refuse = (subject: string) => ({
      op: null,
      kind: "refusal",
      session: "a",
      at: NOON,
      subject,
      commit: "",
    });
    const entries = ["refuse claim by a: held", "refuse accept by b: x", "refuse claim by c: held", "hm"].map(
      refuse,
    );
    const { refused } = metrics(aState(), [], { entries, isWhole: false }, { since: undefined, now: NOON });
    expect(refused).toEqual({ total: 4, by_kind: { accept: 1, claim: 2, other: 1 }, whole_history: false });
  });
});

describe("for any records", () => {
  it("statuses, open requests and load add up, for any order of the records", () => {
    fc.assert(
      fc.property(oddRequests, fc.nat(), (requests, cut) => {
        const { figures } = weigh(requests.slice(cut % 7), requests.slice(0, cut % 7));
        const { collaborations, load, unassigned, weeks, handovers } = figures;
        const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
        expect(sum(Object.values(collaborations.by_status))).toBe(collaborations.total);
        expect(collaborations.total).toBe(requests.length);
        expect(sum(load.map(({ open }) => open)) + unassigned).toBe(collaborations.open);
        expect(sum(weeks.map(({ made }) => made))).toBe(collaborations.total);
        expect(handovers.open + handovers.resumed).toBeLessThanOrEqual(2 * handovers.made);
        expect(weigh([...requests].reverse()).figures).toEqual(weigh(requests).figures);
      }),
    );
  });

  it("the requests of all sessions and the unassigned ones add up to the total", () => {
    fc.assert(
      fc.property(oddRequests, (requests) => {
        const { state, timed, figures } = weigh(requests);
        const shares = metricsBy("session", timed, state.sessions);
        const sum = (key: "asked" | "received" | "completed" | "open") =>
          shares.reduce((total, share) => total + (share[key] ?? 0), 0);
        const nobody = timed.filter(({ request }) => request.to_session === null);
        expect(sum("asked")).toBe(figures.collaborations.total);
        expect(sum("received") + nobody.length).toBe(figures.collaborations.total);
        expect(sum("open") + figures.unassigned).toBe(figures.collaborations.open);
        const done = nobody.filter(({ request }) => request.status === "completed").length;
        expect(sum("completed") + done).toBe(figures.collaborations.by_status.completed);
        const bySkill = metricsBy("skill", timed, state.sessions);
        expect(bySkill.reduce((total, { received }) => total + received, 0)).toBeGreaterThanOrEqual(
          timed.length,
        );
      }),
    );
  });

  it("every figure is a finite number or null, in rows as in fields", () => {
    fc.assert(
      fc.property(oddRequests, (requests) => {
        const { state, timed, figures } = weigh(requests);
        const shares = (["session", "skill"] as const).map((by) =>
          shareRows(by, metricsBy(by, timed, state.sessions)),
        );
        for (const [, , value] of [...metricRows(figures), ...shares.flat()])
          expect(value === null || (Number.isFinite(value) && value >= 0)).toBe(true);
      }),
    );
  });
});

describe("percentiles", () => {
  it("are values that occur, by nearest rank", () => {
    expect(spreadOf([])).toEqual({ count: 0, p50: null, p90: null });
    expect(spreadOf([7])).toEqual({ count: 1, p50: 7, p90: 7 });
    expect(spreadOf([10, 1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual({ count: 10, p50: 5, p90: 9 });
  });

  it("lie between minimum and maximum, in order", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1 }), (values) => {
        const { p50, p90 } = spreadOf(values);
        expect(values).toContain(p50);
        expect(values).toContain(p90);
        expect(p50 ?? -1).toBeLessThanOrEqual(p90 ?? -2);
        expect(values.filter((value) => value <= (p90 ?? -1)).length).toBeGreaterThanOrEqual(
          0.9 * values.length,
        );
      }),
    );
  });
});

describe("requests by skill", () => {
  const sessions = [aProfile({ specialization: ["React", "ui"] }), aProfile({ id: "session-3" })];

  it("are about the skill that they name, else about the skills of their holder", () => {
    const requests = [
      asked("collab-1-aaaa", "08:00", {}, { to_capability: "Go " }),
      asked("collab-2-aaaa", "08:00", { accepted: "08:30" }),
      asked("collab-3-aaaa", "08:00", {}, { to_session: "session-3" }),
      { ...asked("collab-4-aaaa", "08:00", {}), to_session: null as never, to_capability: "go" },
    ];
    const state = aState({ sessions, collaborations: requests });
    const shares = metricsBy("skill", timedRequests(state, undefined, NOON), state.sessions);
    expect(shares.map(({ key, received, answered, asked: made }) => [key, received, answered, made])).toEqual(
      [
        ["go", 2, 0, null],
        ["(none)", 1, 0, null],
        ["react", 1, 1, null],
        ["ui", 1, 1, null],
      ],
    );
  });
});
