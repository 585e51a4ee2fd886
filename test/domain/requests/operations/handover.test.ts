import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide } from "../../../../src/domain/decide.ts";
import { DEFAULT_SETTINGS } from "../../../../src/domain/hub/default-settings.ts";
import type { Collaboration } from "../../../../src/domain/requests/collaboration.ts";
import { accept } from "../../../../src/domain/requests/operations/accept.ts";
import { handoff } from "../../../../src/domain/requests/operations/handoff.ts";
import { cancel, complete, decline, start } from "../../../../src/domain/requests/operations/moves.ts";
import { takeover } from "../../../../src/domain/requests/operations/takeover.ts";
import { checkState } from "../../../../src/domain/validation/state-rules.ts";
import { aHeartbeat, anOperation, aProfile, aState, changeOf, NOON } from "../../../support/builders.ts";
import { accepted, aHub } from "../../../support/rule-builders.ts";
import { isOneVisibleLine } from "../../../support/unsafe.ts";

const SESSIONS = ["session-1", "session-2", "session-3", "session-4"].map((id) => aProfile({ id }));
const HELD = accepted();
const ID = HELD.request_id;
const LATER = "2026-01-31T13:00:00Z";
/** Fresh heartbeats, except that of session-1, which is two days old. */
const GONE = [
  aHeartbeat({ last_heartbeat: "2026-01-29T12:00:00Z" }),
  ...["session-2", "session-3"].map((session_id) => aHeartbeat({ session_id })),
];

function stateOf(collaborations: readonly Collaboration[], heartbeats = GONE) {
  return aState({ sessions: SESSIONS, collaborations, heartbeats });
}

/** session-1 hands over a request of session-2 that it holds. */
function hand(input: object = {}, collaborations: readonly Collaboration[] = [HELD], session = "session-1") {
  const handover = { to: "session-3", request: ID, goal: "Finish it", bundle: { done: ["Half"] }, ...input };
  return decide(handoff, stateOf(collaborations), anOperation(handover, { session }));
}

function take(collaborations: readonly Collaboration[], session: string, request: string, op?: string) {
  const operation = anOperation({ request }, { session, at: LATER, ...(op === undefined ? {} : { op }) });
  return decide(accept, stateOf(collaborations), operation);
}

const offered = changeOf(hand()).result.collaboration;
const open = changeOf(hand({ to: undefined })).result.collaboration;

describe("a handover", () => {
  it("is a request with a bundle, and moves nothing yet", () => {
    const { result, paths, subject } = changeOf(hand());
    expect(result.collaboration).toMatchObject({
      from_session: "session-1",
      to_session: "session-3",
      request: "Finish it",
      status: "pending",
      handoff: { request: ID, done: ["Half"] },
    });
    expect(paths.filter((path) => path.includes("COLLABORATIONS"))).toEqual([
      `ACTIVE/COLLABORATIONS/${result.collaboration.request_id}.json`,
    ]);
    expect(subject).toBe(
      `handoff ${result.collaboration.request_id}: session-1 hands ${ID} over to session-3: Finish it`,
    );
    expect(result.message).toMatchObject({ to: "session-3", request_id: result.collaboration.request_id });
  });

  it("is as urgent as the request it is about", () => {
    const urgent = accepted({ urgency: "urgent" });
    expect(changeOf(hand({}, [urgent])).result.collaboration.urgency).toBe("urgent");
    expect(changeOf(hand({ request: undefined })).result.collaboration.urgency).toBe("normal");
  });

  it("ignores a request and a receiver in its bundle", () => {
    const bundle = { request: "collab-9", open: true, deep: [[["x"]]] };
    expect(changeOf(hand({ bundle })).result.collaboration.handoff).toEqual({ request: ID });
    expect(changeOf(hand({ bundle, request: undefined })).result.collaboration.handoff).toEqual({});
  });

  it("is one visible line in the log, for any goal", () => {
    expect(isOneVisibleLine(changeOf(hand({ goal: `a\u001b[31m\n${"x ".repeat(1000)}` })).subject)).toBe(
      true,
    );
  });

  it.each([
    ["to an unknown session", { to: "session-9" }, [HELD], "unknown_session"],
    ["to its author", { to: "session-1" }, [HELD], "same_session"],
    ["to the requester", { to: "session-2" }, [HELD], "own_request"],
    ["of an unknown request", { request: "collab-9" }, [HELD], "unknown_request"],
    ["of a request that is not accepted yet", {}, [accepted({ status: "pending" })], "not_held"],
    ["of a request that has ended", {}, [accepted({ status: "completed" })], "not_held"],
    ["of a request that another session holds", {}, [accepted({ to_session: "session-3" })], "not_held"],
  ])("%s is refused", (_, input, requests, code) => {
    expect(hand(input, requests)).toMatchObject({ kind: "refusal", code });
  });

  it.each([
    [{ goal: " " }, "text is empty"],
    [{ goal: "x".repeat(4001) }, "at most 4000"],
    [{ bundle: { done: ["x".repeat(1001)] } }, "at most 1000"],
    [{ bundle: { done: Array(51).fill("x") } }, "at most 50"],
    [{ bundle: { done: Array(17).fill("x".repeat(1000)) } }, "at most 16000"],
    [{ bundle: { done: "x" } }, "Invalid input"],
    [{ bundle: { commit: "HEAD; rm -rf /" } }, "hexadecimal"],
  ])("has input that does not fit: %#", (input, reason) => {
    expect(() => hand(input)).toThrow(reason);
  });

  it("keeps even the largest records below the size limit of the hub", () => {
    const note = "\u0001".repeat(4000);
    const worst = { done: ["\u0001".repeat(1000), "\u0001".repeat(1000)], tried: ["\u0001".repeat(600)] };
    const large = changeOf(hand({ goal: note, request: undefined, bundle: worst })).result.collaboration;
    let record = changeOf(take([large], "session-3", large.request_id)).result.collaboration;
    for (const rule of [start, complete]) {
      const operation = anOperation({ request: record.request_id, note }, { session: "session-3" });
      record = changeOf(decide(rule, stateOf([record]), operation)).result.collaboration;
    }
    expect(Buffer.byteLength(JSON.stringify(record, null, 2))).toBeLessThanOrEqual(
      DEFAULT_SETTINGS.limits.file_bytes,
    );
  });
});

describe("accepting a handover of a request", () => {
  it("moves the request and ends the handover, in one change", () => {
    const { json, result } = changeOf(take([HELD, offered], "session-3", offered.request_id));
    expect(json(`ACTIVE/COLLABORATIONS/${ID}.json`)).toEqual({
      ...HELD,
      to_session: "session-3",
      updated_at: LATER,
      history: [
        ...HELD.history,
        {
          status: "accepted",
          session: "session-3",
          at: LATER,
          taken_from: "session-1",
          handoff: offered.request_id,
        },
      ],
    });
    expect(json(`ACTIVE/COLLABORATIONS/${offered.request_id}.json`)).toEqual(result.collaboration);
    expect(result.collaboration).toMatchObject({ status: "completed", to_session: "session-3" });
  });

  it("sends a message about the new holder to the requester only", () => {
    const { paths, text } = changeOf(
      take([HELD, offered], "session-3", offered.request_id, "01KG9M2V0000000000000000AB"),
    );
    const messages = paths.filter((path) => path.startsWith("MESSAGES/"));
    expect(messages).toHaveLength(1);
    expect(text(messages[0] ?? "")).toMatch(
      /to: "session-2"[\s\S]*session-3 has taken over collab-\S+ from session-1/,
    );
  });

  it("makes the receiver the only holder: the previous holder can no longer move the request", () => {
    const { result } = changeOf(take([HELD, offered], "session-3", offered.request_id));
    const [mine] = result.taken_over;
    if (!mine) throw new Error("nothing was taken over");
    const attempt = (session: string) => anOperation({ request: ID }, { session });
    expect(decide(complete, stateOf([mine]), attempt("session-1"))).toMatchObject({
      code: "already_taken",
      message: `Cannot complete ${ID}: session-3 has held it since ${LATER}.`,
    });
    expect(decide(complete, stateOf([mine]), attempt("session-3"))).toMatchObject({ kind: "change" });
    expect(decide(cancel, stateOf([mine]), attempt("session-2"))).toMatchObject({ kind: "change" });
  });

  it.each([
    ["has ended in the meantime", [accepted({ status: "completed" })]],
    ["has another holder in the meantime", [accepted({ to_session: "session-4" })]],
    ["is archived", []],
  ])("is refused when the request %s", (_, requests) => {
    expect(take([...requests, offered], "session-3", offered.request_id)).toMatchObject({
      code: "handoff_void",
      hint: `Decline the handover: hive decline ${offered.request_id}`,
    });
  });

  it("of an open one is refused to the requester and to the author", () => {
    expect(take([HELD, open], "session-2", open.request_id)).toMatchObject({ code: "own_request" });
    expect(take([HELD, open], "session-1", open.request_id)).toMatchObject({ code: "wrong_party" });
    expect(take([HELD, open], "session-4", open.request_id)).toMatchObject({ kind: "change" });
  });

  it("moves nothing when it is declined instead", () => {
    const operation = anOperation({ request: offered.request_id }, { session: "session-3" });
    const { paths, result } = changeOf(decide(decline, stateOf([HELD, offered]), operation));
    expect(paths.filter((path) => path.includes(ID))).toEqual([]);
    expect(result.collaboration.status).toBe("declined");
  });
});

describe("a handover without a request", () => {
  it("is itself the work, from its acceptance to its end", () => {
    const work = changeOf(hand({ request: undefined })).result.collaboration;
    const mine = changeOf(take([work], "session-3", work.request_id)).result;
    expect(mine).toMatchObject({ collaboration: { status: "accepted" }, taken_over: [] });
    const operation = anOperation({ request: work.request_id }, { session: "session-3" });
    expect(decide(complete, stateOf([mine.collaboration]), operation)).toMatchObject({ kind: "change" });
  });
});

describe("taking over from a session", () => {
  function takeOver(
    collaborations: readonly Collaboration[],
    input: object = {},
    session = "session-3",
    heartbeats = GONE,
  ) {
    return decide(
      takeover,
      stateOf(collaborations, heartbeats),
      anOperation({ session: "session-1", ...input }, { session }),
    );
  }
  const more = accepted({ request_id: "collab-7", status: "in_progress" });

  it("that is offline moves all requests it holds, and notes its last heartbeat", () => {
    const others = [
      accepted({ request_id: "collab-1", status: "pending" }),
      accepted({ request_id: "collab-2", status: "completed" }),
      accepted({ request_id: "collab-3", to_session: "session-4" }),
      accepted({ request_id: "collab-4", from_session: "session-3" }),
    ];
    const { result, subject } = changeOf(takeOver([HELD, more, ...others]));
    expect(result.taken_over.map(({ request_id, status }) => [request_id, status])).toEqual([
      [ID, "accepted"],
      ["collab-7", "in_progress"],
    ]);
    expect(result.taken_over[0]?.history.at(-1)).toEqual({
      status: "accepted",
      session: "session-3",
      at: NOON,
      taken_from: "session-1",
      note: "session-1 was last alive at 2026-01-29T12:00:00Z.",
    });
    expect(subject).toBe(`takeover session-1: session-3 has ${ID} «Please help», collab-7 «Please help»`);
  });

  it("sends a message to that session and to each requester that is registered", () => {
    const stranger = accepted({ request_id: "collab-8", from_session: "ghost" });
    const { paths } = changeOf(takeOver([HELD, more, stranger]));
    expect(paths.filter((path) => path.startsWith("MESSAGES/"))).toHaveLength(3);
  });

  it.each([
    ["alive", NOON, "session-1 is alive"],
    ["stale", "2026-01-31T10:00:00Z", "session-1 is stale"],
  ])("that is %s is refused until the instant that the refusal names", (_, last_heartbeat, message) => {
    const refused = takeOver([HELD], {}, "session-3", [aHeartbeat({ last_heartbeat })]);
    expect(refused).toMatchObject({ code: "not_offline", message: expect.stringContaining(message) });
    if (refused.kind !== "refusal") throw new Error("not refused");
    const [from = ""] = /2026-\S+Z/.exec(refused.message) ?? [];
    const operation = anOperation({ session: "session-1" }, { session: "session-3", at: from });
    const state = stateOf([HELD], [aHeartbeat({ last_heartbeat })]);
    expect(decide(takeover, state, operation)).toMatchObject({ kind: "change" });
  });

  it.each([
    ["that holds no open request", {}, [accepted({ status: "completed" })], "nothing_open"],
    [
      "that holds only a request of the author",
      {},
      [accepted({ from_session: "session-3" })],
      "nothing_open",
    ],
    ["that is not registered", { session: "session-9" }, [HELD], "unknown_session"],
    ["that is the author", { session: "session-3" }, [HELD], "same_session"],
  ])("%s is refused", (_, input, requests, code) => {
    expect(takeOver(requests, input)).toMatchObject({ code });
  });

  it("finds nothing the second time", () => {
    const { taken_over } = changeOf(takeOver([HELD])).result;
    expect(takeOver(taken_over, {}, "session-2")).toMatchObject({ code: "nothing_open" });
  });
});

describe("any sequence of handovers, takeovers and moves by any session", () => {
  const IDS = ["session-1", "session-2", "session-3", "session-4"] as const;
  const RULES = { accept, start, complete, decline, cancel, handoff, takeover };
  const act = fc.record({
    kind: fc.constantFrom(
      ...(["accept", "accept", "accept", "handoff", "handoff", "start", "takeover"] as const),
      ...(["complete", "decline", "cancel"] as const),
    ),
    by: fc.constantFrom(...IDS),
    /** The author is the holder of the request, if it has one, which random sessions seldom are. */
    byHolder: fc.constantFrom(true, true, true, false),
    to: fc.constantFrom(undefined, ...IDS),
    pick: fc.nat(5),
  });

  type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;
  type Records = ReadonlyMap<string, Collaboration>;

  /** The records after an action; unchanged when it is refused. */
  function after(records: Records, { kind, by, byHolder, to, pick }: Act, index: number): Records {
    const all = [...records.values()];
    const about = all[pick % all.length];
    const session = (byHolder ? about?.to_session : undefined) ?? by;
    const input = { request: about?.request_id, to, session: to, goal: "Go on", bundle: {} };
    const op = `01KG9M2V00000000000000${String(index).padStart(4, "0")}`;
    // This input has the fields of every kind, so it fits each of them.
    const rule = RULES[kind] as typeof handoff;
    const operation = anOperation(input, { session, op, at: LATER });
    const decision = decide(rule, stateOf(all, []), operation);
    if (decision.kind !== "change") return records;
    const { paths, json } = changeOf(decision);
    const changed = paths
      .filter((path) => path.includes("COLLABORATIONS"))
      .map((path) => json(path) as Collaboration);
    for (const { request_id } of changed)
      expect(["completed", "declined", "cancelled"]).not.toContain(records.get(request_id)?.status);
    return new Map([...records, ...changed.map((record) => [record.request_id, record] as const)]);
  }

  it("leaves a valid state, no session with its own request, and no change after an end", async () => {
    let handed = 0;
    await fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const possible = acts.filter(({ kind, to }) => kind !== "takeover" || to !== undefined);
        const start: Records = new Map([[ID, HELD]]);
        const records = [...possible.reduce(after, start).values()];
        handed += records.filter(({ history }) => history.some((step) => step.handoff)).length;
        for (const record of records) expect(record.to_session).not.toBe(record.from_session);
        expect(checkState(aHub({ sessions: SESSIONS, collaborations: records }), LATER)).toEqual([]);
      }),
      { numRuns: 300 },
    );
    expect(handed).toBeGreaterThan(10);
  });
});
