import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OPERATIONS } from "../../src/domain/operations.ts";
import {
  HostOutboxContent,
  OutboxFile,
  StoredOperation,
  WaitingOperation,
} from "../../src/domain/stored-operation.ts";
import { anOperation } from "../support/builders.ts";
import { hostileId, hostileText } from "../support/hostile.ts";

const SINCE = "0123456789abcdef".repeat(4).slice(0, 40);
const TROUBLE = { by: "hub", code: "push_refused", message: "No.", hint: "" };

/** Whether a stored operation with these fields replaced is valid. */
function isTaken(over: Readonly<Record<string, unknown>>): boolean {
  const operation = { ...anOperation({ text: "Hello" }, { kind: "broadcast" }), ...over };
  return StoredOperation.safeParse(operation).success;
}

describe("a stored operation", () => {
  it.each(Object.keys(OPERATIONS))(
    "of the kind %s is read back as it was written, with any input",
    (kind) => {
      return fc.assert(
        fc.property(fc.jsonValue(), (input) => {
          const operation = anOperation(input, { kind });
          const stored: unknown = JSON.parse(JSON.stringify({ operation, since: null }));
          expect(JSON.stringify(WaitingOperation.parse(stored).operation)).toBe(JSON.stringify(operation));
        }),
        { numRuns: 20 },
      );
    },
  );

  it("has the messages that its session had seen, if they form a valid read cursor", () => {
    const read = { until: "01KG9M2V0000000000000000AA", also: ["01KG9M2V0000000000000000BB"] };
    expect(StoredOperation.parse({ ...anOperation({}, { kind: "init" }), read })).toMatchObject({ read });
    for (const wrong of [null, {}, { ...read, until: "" }, { ...read, also: ["../x"] }])
      expect(isTaken({ read: wrong })).toBe(false);
  });

  it("has a session and an id that are safe as file names and as lines of a commit", () => {
    return fc.assert(
      fc.property(fc.oneof(hostileId, hostileText), (text) => {
        if (isTaken({ session: text })) expect(text).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,62})[a-z0-9]$/);
        if (isTaken({ op: text })) expect(text).toMatch(/^[0-7][0-9A-Z]{25}$/);
        if (isTaken({ kind: text })) expect(text).toMatch(/^[a-z][a-z-]*$/);
        if (isTaken({ at: text })) expect(Number.isNaN(Date.parse(text))).toBe(false);
      }),
    );
  });

  it.each([
    ["op", "01KG9M2V0000000000000000aa"],
    ["op", "81KG9M2V0000000000000000AA"],
    ["op", "01KG9M2V0000000000000000AA\n"],
    ["kind", "broadcast\nHive-Op: x"],
    ["kind", ""],
    ["session", "session-1\n"],
    ["session", "-session"],
    ["at", "2026-01-31T12:00:00+01:00"],
    ["at", "1969-01-31T12:00:00Z"],
    ["at", 5],
    ["op", undefined],
  ])("whose %s is %j is invalid", (key, value) => {
    expect(isTaken({})).toBe(true);
    expect(isTaken({ [key]: value })).toBe(false);
  });
});

describe("the newest commit that the host knew when it made an operation", () => {
  const of = (since: unknown) =>
    WaitingOperation.safeParse({ operation: anOperation({}, { kind: "init" }), since }).success;

  it.each([null, SINCE, "a".repeat(64)])("may be %j", (since) => expect(of(since)).toBe(true));

  it.each([undefined, "", "HEAD", "--all", "a".repeat(39), SINCE.toUpperCase(), `${SINCE}\n`, `^${SINCE}`])(
    "may not be %j",
    (since) => expect(of(since)).toBe(false),
  );
});

describe("the outbox that a host pushes to the hub", () => {
  const waiting = (count: number) =>
    Array.from({ length: count }, () => ({ operation: anOperation({}, { kind: "init" }), since: null }));

  it("has up to a thousand operations", () => {
    expect(HostOutboxContent.safeParse({ waiting: waiting(1000) }).success).toBe(true);
    expect(HostOutboxContent.safeParse({ waiting: waiting(1001) }).success).toBe(false);
  });

  it("is invalid as a whole if one operation is invalid", () => {
    const broken = [...waiting(2), { operation: anOperation({}, { kind: "Init" }), since: null }];
    expect(HostOutboxContent.safeParse({ waiting: broken }).success).toBe(false);
  });
});

it.each([
  [{}, true],
  [{ trouble: TROUBLE }, true],
  [{ trouble: { ...TROUBLE, by: "rules" } }, true],
  [{ trouble: { ...TROUBLE, by: "chance" } }, false],
  [{ trouble: "No." }, false],
  [{ trouble: null }, false],
])("an outbox file may say why its operation has not landed: %j", (over, isGood) => {
  const file = { operation: anOperation({}, { kind: "init" }), since: null, ...over };
  expect(OutboxFile.safeParse(file).success).toBe(isGood);
});
