import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isRead, mark, mergeCursors, NOTHING_READ } from "../../../src/domain/inbox/read-cursor.ts";
import { ReadCursor } from "../../../src/domain/sessions/session.ts";
import { Ulid } from "../../../src/domain/values/ids.ts";
import { encodeUlidTime } from "../../../src/domain/values/ulid.ts";

const NOON = Date.parse("2026-01-31T12:00:00Z");
const HOUR = 3_600_000;

/** The id of a message sent so many hours after noon. */
function at(hours: number, random = 0): Ulid {
  return Ulid.parse(encodeUlidTime(NOON + hours * HOUR) + String(random).padStart(16, "0"));
}

const id = fc.tuple(fc.integer({ min: -72, max: 72 }), fc.nat(3)).map(([hours, random]) => at(hours, random));
/** What there is to read, not more than a snapshot holds, and in which order a session reads it. */
const reading = fc
  .uniqueArray(id, { minLength: 1, maxLength: 200 })
  .chain((all) => fc.record({ all: fc.constant(all), marks: fc.array(fc.subarray(all), { maxLength: 8 }) }));

/** Each mark made with what is unread then, as an inbox makes it. */
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
  it("knows exactly what was marked, in whatever order that was", () => {
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

  it("never takes back what was read, also by a mark that knows nothing of what is unread", () => {
    return fc.assert(
      fc.property(reading, fc.array(id), ({ all, marks }, more) => {
        const before = readAll(all, marks);
        const after = mark(before, more);
        expect([...marks.flat(), ...more].every((each) => isRead(after, each))).toBe(true);
      }),
    );
  });

  it("stays small and fit for its file, whatever is marked", () => {
    return fc.assert(
      fc.property(fc.array(fc.array(id, { maxLength: 300 }), { maxLength: 4 }), (marks) => {
        const cursor = marks.reduce((each, ids) => mark(each, ids), NOTHING_READ);
        expect(ReadCursor.parse(cursor)).toEqual(cursor);
        expect(cursor.also).toEqual([...new Set(cursor.also)].sort());
        expect(cursor.also.every((each) => each > cursor.until)).toBe(true);
      }),
    );
  });

  it("leaves to `until` what is older than a day, up to the first that is unread", () => {
    const ids = [0, 1, 2, 48].map((hours) => at(hours));
    expect(mark(NOTHING_READ, ids)).toEqual({ until: at(2), also: [at(48)] });
    expect(mark(NOTHING_READ, [at(0), at(2), at(48)], ids)).toEqual({ until: at(0), also: [at(2), at(48)] });
  });

  it("does not take for read what lands hours after messages that were sent later", () => {
    const cursor = mark(NOTHING_READ, [at(5), at(6), at(20)]);
    expect(isRead(cursor, at(4))).toBe(false);
    expect(isRead(cursor, at(12))).toBe(false);
  });

  it("keeps what a newer version wrote into it", () => {
    const cursor = { ...NOTHING_READ, device: "phone" };
    expect(mark(cursor, [at(0)])).toMatchObject({ device: "phone" });
    expect(mergeCursors(NOTHING_READ, cursor)).toMatchObject({ device: "phone" });
  });
});

describe("two cursors of one session", () => {
  const cursor = reading.map(({ all, marks }) => readAll(all, marks));

  it("come to the same whichever is first, and twice is once", () => {
    return fc.assert(
      fc.property(cursor, cursor, (one, other) => {
        const merged = mergeCursors(one, other);
        expect(mergeCursors(other, one)).toEqual(merged);
        expect(mergeCursors(merged, one)).toEqual(merged);
      }),
    );
  });

  it("together have read what either has, and nothing else", () => {
    return fc.assert(
      fc.property(cursor, cursor, fc.array(id), (one, other, ids) => {
        const merged = mergeCursors(one, other);
        for (const each of ids) expect(isRead(merged, each)).toBe(isRead(one, each) || isRead(other, each));
      }),
    );
  });

  it("fit into one, however much they have read", () => {
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
