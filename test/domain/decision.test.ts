import { describe, expect, it } from "vitest";
import { putRecord } from "../../src/domain/decision.ts";
import { Collaboration } from "../../src/domain/requests/collaboration.ts";
import { Profile } from "../../src/domain/sessions/session.ts";
import { aCollaboration, aProfile, NOON } from "../support/builders.ts";

describe("a record that is written", () => {
  it("has its keys in the order of its schema, even if it was built in another order", () => {
    const { updated_at, ...profile } = aProfile({ port: 8003, follows: ["#ui"] });
    const { text, value } = putRecord("p", Profile, { updated_at, ...profile });
    expect(text).toBe(putRecord("p", Profile, aProfile({ port: 8003, follows: ["#ui"] })).text);
    expect(`${JSON.stringify(value, null, 2)}\n`).toBe(text);
  });

  it("has the keys of its history steps in the order of their schema", () => {
    const step = { note: "Why", at: NOON, session: "session-1", status: "pending" };
    const { history, ...request } = aCollaboration({ history: [step] });
    const { text = "" } = putRecord("c", Collaboration, { ...request, history });
    expect(text).toBe(`${JSON.stringify(Collaboration.parse(JSON.parse(text)), null, 2)}\n`);
  });

  it("that its schema refuses is written unchanged, so that validate reports it", () => {
    const odd = { ...aProfile(), status: "No status" };
    expect(putRecord("p", Profile, odd).text).toBe(`${JSON.stringify(odd, null, 2)}\n`);
  });
});
