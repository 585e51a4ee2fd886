import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isRead, mark, mergeCursors, NOTHING_READ } from "../../../src/domain/inbox/read-cursor.ts";
import { ReadCursor } from "../../../src/domain/sessions/session.ts";
import { Ulid } from "../../../src/domain/values/ids.ts";
import { encodeUlidTime } from "../../../src/domain/values/ulid.ts";

const NOON = Date.parse("2026-01-31T12:00:00Z");
const HOUR = 3_600_000;

/** The id of a message sent a number of hours after noon. */
function at(hours: number, random = 0): Ulid {
  return Ulid.parse(encodeUlidTime(NOON + hours * HOUR) + String(random).padStart(16, "0"));
}

const id = fc.tuple(fc.integer({ min: -72, max: 72 }), fc.nat(3)).map(([hours, random]) => at(hours, random));
/** The messages to read, at most as many as a snapshot holds, and the order in which a session reads them. */
const reading = fc
  .uniqueArray(id, { minLength: 1, maxLength: 200 })
  .chain((all) => fc.record({ all: fc.constant(all), marks: fc.array(fc.subarray(all), { maxLength: 8 }) }));

/** Marks messages in order, each mark with the messages that are unread at that time, as an inbox does. */
function readAll(all: readonly Ulid[], marks: readonly (readonly Ulid[])[]): ReadCursor {
  return marks.reduce(
    (cursor, ids) =>
      mark(
        cursor,
        ids,
        all.filter((each) => !isRead(cursor, each)),
      ),
    NOTHING_READ,
  );
}

describe("a read cursor", () => {
  it("knows exactly the marked ids, for any order of marks", () => {
    return fc.assert(
      fc.property(reading, ({ all, marks }) => {
        const wanted = all.filter((each) => marks.flat().includes(each));
        for (const order of [marks, marks.toReversed()]) {
          const cursor = readAll(all, order);
          expect(all.filter((each) => isRead(cursor, each))).toEqual(wanted);
        }
      }),
    );
  });

  it("keeps read ids read, also after a mark that is given no unread ids", () => {
    return fc.assert(
      fc.property(reading, fc.array(id), ({ all, marks }, more) => {
        const before = readAll(all, marks);
        const after = mark(before, more);
        expect([...marks.flat(), ...more].every((each) => isRead(after, each))).toBe(true);
      }),
    );
  });

  it("stays small and valid for its file, for any marks", () => {
    return fc.assert(
      fc.property(fc.array(fc.array(id, { maxLength: 300 }), { maxLength: 4 }), (marks) => {
        const cursor = marks.reduce((each, ids) => mark(each, ids), NOTHING_READ);
        expect(ReadCursor.parse(cursor)).toEqual(cursor);
        expect(cursor.also).toEqual([...new Set(cursor.also)].sort());
        expect(cursor.also.every((each) => each > cursor.until)).toBe(true);
      }),
    );
  });

  it("moves ids older than a day into `until`, up to the first unread id", () => {
    const ids = [0, 1, 2, 48].map((hours) => at(hours));
    expect(mark(NOTHING_READ, ids)).toEqual({ until: at(2), also: [at(48)] });
    expect(mark(NOTHING_READ, [at(0), at(2), at(48)], ids)).toEqual({ until: at(0), also: [at(2), at(48)] });
  });

  it("keeps a message unread that lands hours after messages that were sent later", () => {
    const cursor = mark(NOTHING_READ, [at(5), at(6), at(20)]);
    expect(isRead(cursor, at(4))).toBe(false);
    expect(isRead(cursor, at(12))).toBe(false);
  });

  it("keeps unknown keys of a newer version", () => {
    const cursor = { ...NOTHING_READ, device: "phone" };
    expect(mark(cursor, [at(0)])).toMatchObject({ device: "phone" });
    expect(mergeCursors(NOTHING_READ, cursor)).toMatchObject({ device: "phone" });
  });
});

describe("two cursors of one session", () => {
  const cursor = reading.map(({ all, marks }) => readAll(all, marks));

  it("merge to the same cursor in either order, and merging twice changes nothing", () => {
    return fc.assert(
      fc.property(cursor, cursor, (one, other) => {
        const merged = mergeCursors(one, other);
        expect(mergeCursors(other, one)).toEqual(merged);
        expect(mergeCursors(merged, one)).toEqual(merged);
      }),
    );
  });

  it("merge to the ids that either has read, and no others", () => {
    return fc.assert(
      fc.property(cursor, cursor, fc.array(id), (one, other, ids) => {
        const merged = mergeCursors(one, other);
        for (const each of ids) expect(isRead(merged, each)).toBe(isRead(one, each) || isRead(other, each));
      }),
    );
  });

  it("merge into one valid cursor, for any number of read ids", () => {
    const [odd, even] = [0, 1].map((rest) =>
      mark(
        NOTHING_READ,
        Array.from({ length: 200 }, (_, n) => at(0, n * 2 + rest)),
      ),
    );
    if (!odd || !even) throw new Error("two are made");
    const merged = mergeCursors(odd, even);
    expect(merged).toMatchObject({ until: at(0, 199), also: { length: 200 } });
  });
});
