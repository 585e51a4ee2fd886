import * as fc from "fast-check";
import { ulid } from "ulid";
import { describe, expect, it } from "vitest";
import { OPERATIONS } from "../../src/domain/operations.ts";
import { canRideAlong, carriable, mayBePublished } from "../../src/domain/waiting.ts";
import { anOperation } from "../support/builders.ts";

describe("a heartbeat", () => {
  it.each([{}, undefined, null, { work: undefined, status: undefined }])(
    "without news (%j) can wait for the next push",
    (input) => {
      expect(canRideAlong(anOperation(input, { kind: "heartbeat" }))).toBe(true);
    },
  );

  it.each([
    { work: "Review" },
    { status: "idle" },
    { work: undefined, status: "active" },
    { later: null },
    "text",
  ])("with news (%j) is sent at once", (input) => {
    expect(canRideAlong(anOperation(input, { kind: "heartbeat" }))).toBe(false);
  });
});

it("an operation of another kind does not wait for the next push, whatever its input is", () => {
  const kinds = Object.keys(OPERATIONS).filter((kind) => kind !== "heartbeat");
  return fc.assert(
    fc.property(fc.constantFrom(...kinds, "Heartbeat", "heartbeat "), fc.jsonValue(), (kind, input) => {
      expect(canRideAlong(anOperation(input, { kind }))).toBe(false);
    }),
  );
});

describe("operations for other hosts to land", () => {
  it("are all kinds that a registered session makes, and none that acts on the whole hub", async () => {
    // Who is not registered yet, and a person, who never is, act for themselves alone.
    const own = ["register", "tell"];
    for (const [kind, load] of Object.entries(OPERATIONS)) {
      const isHubWide = (await load()).by === "anyone" && !own.includes(kind);
      expect(mayBePublished(anOperation({}, { kind })), kind).toBe(!isHubWide);
      expect(mayBePublished(anOperation({}, { kind, session: "git-hive" })), kind).toBe(false);
    }
  });

  const now = Date.parse("2026-01-31T12:00:00Z");
  const made = (over: { at?: number; id?: number; kind?: string; session?: string }) => {
    const { at = now, id = at, kind = "broadcast", session = "session-1" } = over;
    const operation = anOperation({}, { kind, session, op: ulid(id), at: new Date(at).toISOString() });
    return { operation, since: null };
  };
  const [minute, day] = [60_000, 86_400_000];

  it.each([
    ["now", {}, true],
    ["a day ago, while its host was offline", { at: now - day }, true],
    ["two minutes ahead of this host's clock", { at: now + 2 * minute }, true],
    ["ten minutes ahead of this host's clock", { at: now + 10 * minute }, false],
    ["in another century", { at: now + 36_500 * day }, false],
    ["with an instant long after its id", { id: now - 10 * minute }, false],
    ["with an instant long before its id", { at: now - day, id: now }, false],
    ["for the whole hub", { kind: "expire" }, false],
    ["in the name of git-hive", { session: "git-hive" }, false],
  ])("that were made %s: carried %j %s", (_, over, isCarried) => {
    expect(carriable([made(over)], now)).toHaveLength(isCarried ? 1 : 0);
  });

  it("are left out after one of their session that is left out, and those of other sessions are not", () => {
    const waiting = [made({ kind: "workflows" }), made({}), made({ session: "session-2" })];
    expect(carriable(waiting, now)).toEqual([waiting[2]]);
  });
});
