import fc from "fast-check";
import { type Collaboration, CollaborationStatus } from "../../src/domain/requests/collaboration.ts";
import { SessionId } from "../../src/domain/values/ids.ts";
import { toInstant } from "../../src/domain/values/time.ts";
import { aCollaboration, NOON } from "./builders.ts";

const DAY_MS = 86_400_000;

/** Instants around noon and, as wrong clocks and old tools have them, far from it. */
const instant = fc
  .oneof(
    fc.integer({ min: -30 * DAY_MS, max: DAY_MS }),
    fc.integer({ min: -20 * 365 * DAY_MS, max: 60 * 365 * DAY_MS }),
  )
  .map((offset) => toInstant(Date.parse(NOON) + offset));
const session = fc.constantFrom("session-1", "session-2", "session-3", "session-4");

/** Requests of every kind, in order and out of it: open ones that nobody has, handovers, imported ones. */
export const oddRequests: fc.Arbitrary<Collaboration[]> = fc
  .array(
    fc.record({
      from_session: session,
      to_session: fc.oneof({ weight: 5, arbitrary: session }, { weight: 1, arbitrary: fc.constant(null) }),
      status: fc.constantFrom(...CollaborationStatus.options),
      created_at: instant,
      history: fc.array(
        fc.record({ status: fc.constantFrom(...CollaborationStatus.options), session, at: instant }),
        { maxLength: 5 },
      ),
      more: fc.constantFrom(
        {},
        { seed_time: "unknown" },
        { handoff: { goal: "x" } },
        { to_capability: " React" },
      ),
    }),
    { maxLength: 30 },
  )
  .map((all) =>
    all.map(({ more, to_session, ...over }, index) => {
      const request = aCollaboration({
        ...over,
        ...more,
        request_id: `collab-${1_700_000_000 + index}-k3f9`,
      });
      // What is open to all has nobody yet.
      return { ...request, to_session: to_session === null ? (null as never) : SessionId.parse(to_session) };
    }),
  );
