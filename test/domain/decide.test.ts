import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide } from "../../src/domain/decide.ts";
import type { Decision } from "../../src/domain/decision.ts";
import type { Operation, OperationRule } from "../../src/domain/operation.ts";
import { type Kind, OPERATIONS } from "../../src/domain/operations.ts";
import { CollaborationStatus } from "../../src/domain/requests/collaboration.ts";
import type { Part, Snapshot } from "../../src/domain/snapshot.ts";
import { translate } from "../../src/importers/bash-tools/translate.ts";
import {
  aClaim,
  aCollaboration,
  aHeartbeat,
  aMessage,
  anOperation,
  aProfile,
  aState,
  changeOf,
  NOON,
} from "../support/builders.ts";
import { isOneVisibleLine } from "../support/unsafe.ts";

type Rule = OperationRule<unknown, Part, unknown>;
const RULES = new Map<string, Rule>();
for (const [kind, load] of Object.entries(OPERATIONS)) RULES.set(kind, (await load()) as unknown as Rule);

const SEED_FILE = JSON.stringify({ session_id: "session-7", role: "Backend" });
const SEED = translate([{ path: "session-7.json", bytes: new TextEncoder().encode(SEED_FILE) }]);
const MOVE = { request: "collab-1769860800" };
/** The input of an operation of each kind that session-1 may make. */
const INPUTS: Record<Kind, object> = {
  init: {},
  workflows: { version: "1.2.3", overwrite: false },
  register: { role: "Frontend" },
  heartbeat: {},
  availability: { hours: "Mon-Fri 9-17 UTC" },
  offer: { skill: "go" },
  withdraw: { skill: "react" },
  needs: { question: "Which port?" },
  request: { to: "session-2", text: "Help", urgency: "normal" },
  accept: MOVE,
  start: { request: "collab-2" },
  complete: { request: "collab-2" },
  decline: MOVE,
  cancel: { request: "collab-3" },
  handoff: { to: "session-2", goal: "Finish", bundle: { done: ["Half"] } },
  takeover: { session: "session-2" },
  reclaim: { request: "collab-3" },
  leave: {},
  broadcast: { text: "Hello", priority: "high" },
  send: { to: "session-2", text: "Hello", intent: "inform", priority: "normal" },
  reply: { message: "01KG9M2V0000000000000000AB", text: "Yes", intent: "inform" },
  tell: { to: "session-2", text: "Yes" },
  follow: { target: "#deploy", off: false },
  mute: { target: "session-2", off: false },
  claim: { patterns: ["issue-42", "src/**"], project: "app" },
  renew: { claim: "issue-42" },
  release: { claim: "issue-42" },
  expire: {},
  retire: { sessions: ["session-2"] },
  import: SEED,
};
const KINDS = Object.keys(INPUTS) as Kind[];
/** These kinds change the skills, which the heartbeat file repeats, so they always write it. */
const CHANGES_SKILLS = ["register", "offer", "withdraw"];
/** And this kind says in it that the session is gone. */
const ALWAYS_BEATS = [...CHANGES_SKILLS, "leave"];
const OPEN_TO_ANYONE = ["init", "workflows", "register", "expire", "retire", "import"];

const QUESTION = aMessage({ id: "01KG9M2V0000000000000000AB", from: "session-2" });
const COLLABORATIONS = [
  aCollaboration(),
  aCollaboration({ request_id: "collab-2", status: "accepted" }),
  aCollaboration({ request_id: "collab-3", from_session: "session-1", to_session: "session-2" }),
  aCollaboration({
    request_id: "collab-4",
    from_session: "session-3",
    to_session: "session-2",
    status: "accepted",
  }),
];

function stateOf(lastHeartbeat: string | undefined): Snapshot {
  const beat = { last_heartbeat: lastHeartbeat, worked_at: lastHeartbeat };
  const heartbeats = lastHeartbeat === undefined ? [] : [aHeartbeat(beat)];
  const sessions = [aProfile({ specialization: ["react"] }), aProfile({ id: "session-2" })];
  return aState({
    sessions,
    heartbeats,
    collaborations: COLLABORATIONS,
    claims: [aClaim()],
    messages: [QUESTION],
  });
}

function run(kind: string, state: Snapshot, operation: Operation): Decision<unknown> {
  const rule = RULES.get(kind);
  if (!rule) throw new Error(`no rule for ${kind}`);
  return decide(rule, state, operation);
}

describe("an unregistered session", () => {
  it.each(KINDS)("is refused its %s unless that kind needs no registration", (kind) => {
    const decision = run(kind, stateOf(undefined), anOperation(INPUTS[kind], { session: "stranger" }));
    if (OPEN_TO_ANYONE.includes(kind)) expect(decision.kind).toBe("change");
    else expect(decision).toMatchObject({ kind: "refusal", code: "not_registered" });
  });

  it.each(["register", "import"] as const)(
    "writes its own heartbeat by %s only when it registers itself",
    (kind) => {
      const { paths } = changeOf(
        run(kind, stateOf(undefined), anOperation(INPUTS[kind], { session: "stranger" })),
      );
      expect(paths.includes("HEARTBEATS/stranger.json")).toBe(kind === "register");
    },
  );
});

describe("every write of a session updates a heartbeat that is not fresh", () => {
  it.each(
    KINDS.flatMap((kind) =>
      [
        ["no heartbeat", undefined, true],
        ["an old one", "2026-01-31T11:59:00Z", true],
        ["a fresh one", "2026-01-31T11:59:01Z", false],
      ].map(([name, at, beats]) => [kind, name, at, beats] as const),
    ),
  )("%s after %s", (kind, _, at, beats) => {
    const state = stateOf(at as string | undefined);
    const decision = run(kind, state, anOperation(INPUTS[kind]));
    const isBeat = ALWAYS_BEATS.includes(kind) || (kind === "heartbeat" && decision.kind === "change");
    const beat = decision.kind === "change" && changeOf(decision).json("HEARTBEATS/session-1.json");
    if (beats || isBeat) expect(beat).toMatchObject({ session_id: "session-1", last_heartbeat: NOON });
    else expect(beat || null).toBeNull();
  });

  it.each(KINDS.filter((kind) => !OPEN_TO_ANYONE.includes(kind) && kind !== "heartbeat"))(
    "and says by %s that the session worked, even just after a heartbeat that did not",
    (kind) => {
      const state = stateOf(undefined);
      for (const worked_at of [null, undefined, "2026-01-31T11:00:00Z"]) {
        const heartbeats = new Map([[aHeartbeat().session_id, aHeartbeat({ worked_at })]]);
        const { json } = changeOf(run(kind, { ...state, heartbeats }, anOperation(INPUTS[kind])));
        expect(json("HEARTBEATS/session-1.json")).toMatchObject({ worked_at: NOON });
      }
    },
  );

  it("also when the last heartbeat is from the future, because that shows a wrong clock, not a live session", () => {
    const decision = run("broadcast", stateOf("2026-01-31T15:00:00Z"), anOperation(INPUTS.broadcast));
    expect(changeOf(decision).json("HEARTBEATS/session-1.json")).toMatchObject({ last_heartbeat: NOON });
  });

  it("and keeps the unknown keys of the last heartbeat", () => {
    const heartbeats = [aHeartbeat({ last_heartbeat: "2026-01-01T00:00:00Z", host: "mac" })];
    const state = aState({ sessions: [aProfile({ current_work: "Charts" })], heartbeats });
    const { json } = changeOf(run("broadcast", state, anOperation(INPUTS.broadcast)));
    expect(json("HEARTBEATS/session-1.json")).toMatchObject({ host: "mac", current_work: "Charts" });
  });
});

describe("deciding", () => {
  const anyId = fc.constantFrom("session-1", "session-2", "session-3", "git-hive");
  const anyAt = fc.constantFrom(
    NOON,
    "2026-01-31T11:59:30.500Z",
    "2025-01-01T00:00:00Z",
    "2027-01-01T00:00:00Z",
  );
  const anyText = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.constantFrom("", "Help", "a\u202eb"),
  );
  const anyState = fc
    .record({
      sessions: fc.uniqueArray(anyId),
      beats: fc.uniqueArray(fc.tuple(anyId, anyAt), { selector: ([id]) => id }),
      requests: fc.uniqueArray(
        fc.tuple(
          fc.constantFrom("collab-1", "collab-12", "collab-1769860800-00aa"),
          anyId,
          anyId,
          fc.constantFrom(...CollaborationStatus.options),
        ),
        { selector: ([id]) => id },
      ),
      bodies: fc.array(anyText, { maxLength: 3 }),
      isHub: fc.boolean(),
    })
    .map(({ sessions, beats, requests, bodies, isHub }) =>
      aState({
        sessions: sessions.map((id) => aProfile({ id, extra: { deep: [1] } })),
        heartbeats: beats.map(([session_id, last_heartbeat]) => aHeartbeat({ session_id, last_heartbeat })),
        collaborations: requests.map(([request_id, from_session, to_session, status]) =>
          aCollaboration({ request_id, from_session, to_session, status }),
        ),
        messages: bodies.map((body, index) => aMessage({ id: `01KG9M2V00000000000000000${index}`, body })),
        paths: new Set(isHub ? ["coordination/hive.yaml"] : []),
      }),
    );
  const anyInput = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...Object.values(INPUTS)) },
    {
      weight: 4,
      arbitrary: fc.record({
        to: anyId,
        text: anyText,
        urgency: fc.constant("high"),
        priority: fc.constant("high"),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ request: fc.constantFrom("collab-1", "collab-12", "collab"), note: anyText }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ work: anyText, role: anyText, skills: fc.array(anyText) }, { requiredKeys: [] }),
    },
    { weight: 1, arbitrary: fc.anything() },
  );
  const anyOperation = fc.record({
    kind: fc.constantFrom(...KINDS),
    input: anyInput,
    session: anyId,
    at: anyAt,
  });

  it("is pure: the same operation on the same state gives the same decision, and the state does not change", () => {
    const outcome = (kind: string, state: Snapshot, operation: Operation): unknown => {
      try {
        return run(kind, state, operation);
      } catch (error) {
        if (error instanceof Error && "issues" in error) return error.issues;
        throw error;
      }
    };
    return fc.assert(
      fc.property(anyState, anyOperation, (state, { kind, input, session, at }) => {
        const operation = anOperation(input, { kind, session, at });
        const before = structuredClone(state);
        const first = outcome(kind, state, operation);
        expect(JSON.stringify(outcome(kind, structuredClone(state), operation))).toBe(JSON.stringify(first));
        expect(state).toEqual(before);
      }),
      { numRuns: 1000 },
    );
  });

  it("names its change in one visible line and writes each path once", () => {
    return fc.assert(
      fc.property(
        anyState,
        anyText,
        fc.constantFrom("request", "broadcast", "heartbeat"),
        (state, text, kind) => {
          const sessions = stateOf(undefined).sessions;
          const input = { to: "session-2", text, urgency: "normal", priority: "high", work: text };
          fc.pre(RULES.get(kind)?.input.safeParse(input).success === true);
          const decision = run(kind, { ...state, sessions }, anOperation(input));
          if (decision.kind !== "change") return;
          expect(isOneVisibleLine(decision.subject)).toBe(true);
          expect(new Set(decision.files.map(({ path }) => path)).size).toBe(decision.files.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each(KINDS.filter((kind) => !OPEN_TO_ANYONE.includes(kind) && kind !== "heartbeat"))(
    "throws when the input of a %s does not fit, even for an unregistered session",
    (kind) => {
      expect(() => run(kind, aState(), anOperation({ text: 1, request: 1, note: 1 }))).toThrow();
    },
  );
});
