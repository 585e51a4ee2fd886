import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { NO_MARKS, show } from "../../../src/domain/inbox/read-marks.ts";
import { Ulid } from "../../../src/domain/values/ids.ts";
import { writeAtomically } from "../../../src/store/host/files.ts";
import { MailMarks } from "../../../src/store/identity/mail-marks.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { sessionId } from "../../support/hub-with.ts";

const marksIn = (directory: string) => new MailMarks(() => directory, `${directory}/former`);

const ID = Ulid.parse("01KG9M2V0000000000000000AA");
const MARKS = show(NO_MARKS, [ID], [ID], false);
const SESSION = sessionId("session-1");

describe("the read marks of a host's sessions", () => {
  it("belong to one session, and are there for the next process", () => {
    const directory = openSandbox().folder("hub");
    marksIn(directory).save(SESSION, MARKS);
    expect(marksIn(directory).load(SESSION)).toEqual(MARKS);
    expect(marksIn(directory).load(sessionId("session-2"))).toEqual(NO_MARKS);
    expect(statSync(join(directory, "read", "session-1.json")).mode & 0o777).toBe(0o600);
  });

  it("are sent with a write only when there are any", () => {
    const marks = marksIn(openSandbox().folder("hub"));
    expect(marks.receiptOf(SESSION)).toEqual({});
    marks.save(SESSION, MARKS);
    expect(marks.receiptOf(SESSION)).toEqual({ read: MARKS.seen });
  });

  it.each([
    ["nothing", ""],
    ["half of it", JSON.stringify(MARKS).slice(0, 40)],
    ["no object", "null"],
    ["no cursor", JSON.stringify({ kept: [] })],
    ["an invalid id", JSON.stringify({ ...MARKS, kept: ["../x"] })],
    ["a cursor with invalid ids", JSON.stringify({ ...MARKS, seen: { until: ID, also: [7] } })],
    ["a cursor without an end", JSON.stringify({ ...MARKS, seen: { until: "", also: [] } })],
    [
      "more ids than a profile may have",
      JSON.stringify({ kept: [], seen: { until: ID, also: Array(201).fill(ID) } }),
    ],
  ])("are empty when their file contains %s", (_, text) => {
    const directory = openSandbox().folder("hub");
    writeAtomically(join(directory, "read", "session-1.json"), text);
    expect(marksIn(directory).load(SESSION)).toEqual(NO_MARKS);
  });
});
