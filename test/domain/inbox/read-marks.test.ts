import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isRead, mark, NOTHING_READ } from "../../../src/domain/inbox/read-cursor.ts";
import {
  isUnread,
  joinReceipt,
  NO_MARKS,
  type ReadMarks,
  show,
} from "../../../src/domain/inbox/read-marks.ts";
import { Ulid } from "../../../src/domain/values/ids.ts";
import { aProfile } from "../../support/builders.ts";

const IDS = Array.from({ length: 12 }, (_, n) => Ulid.parse(`01KG9M2V00${String(n).padStart(16, "0")}`));
const acts = fc.array(fc.record({ shown: fc.subarray(IDS), reads: fc.boolean() }), { maxLength: 10 });

/** Shows the unread messages among some messages. */
function act(marks: ReadMarks, { shown, reads }: { shown: Ulid[]; reads: boolean }): ReadMarks {
  const unread = IDS.filter((id) => isUnread(marks, id));
  return show(
    marks,
    shown.filter((id) => unread.includes(id)),
    unread,
    reads,
  );
}

describe("a message that an inbox showed", () => {
  it("stays unread until it is shown as read, and is seen from the first time on", () => {
    return fc.assert(
      fc.property(acts, (all) => {
        const marks = all.reduce(act, NO_MARKS);
        const wasShown = (id: Ulid, reads?: true) =>
          all.some((each) => each.shown.includes(id) && (each.reads || reads !== true));
        expect(IDS.filter((id) => isUnread(marks, id))).toEqual(IDS.filter((id) => !wasShown(id, true)));
        expect(IDS.filter((id) => isRead(marks.seen, id))).toEqual(IDS.filter((id) => wasShown(id)));
      }),
    );
  });

  it("is no longer kept as unread once it has left the inbox", () => {
    const [first, second] = IDS as [Ulid, Ulid];
    const marks = show(NO_MARKS, [first], [first], false);
    expect(show(marks, [second], [second], false).kept).toEqual([second]);
  });

  it("on another host is read here; a message shown here and left unread stays unread", () => {
    const [here, there, nowhere] = IDS as [Ulid, Ulid, Ulid];
    const marks = show(NO_MARKS, [here], IDS, false);
    const profile = aProfile({ read: mark(NOTHING_READ, [here, there]) });
    const joined = joinReceipt(marks, profile);
    expect([here, there, nowhere].map((id) => isUnread(joined, id))).toEqual([true, false, true]);
    expect(joinReceipt(marks, aProfile())).toEqual(marks);
  });
});
