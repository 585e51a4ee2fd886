import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { Settings } from "../../../src/domain/hub/settings.ts";
import { Message } from "../../../src/domain/messages/message.ts";
import { Profile, Registry } from "../../../src/domain/sessions/session.ts";
import { explain, TO_EXPLAIN } from "../../../src/domain/validation/explain.ts";
import { aMessage, aProfile } from "../../support/builders.ts";

const CASES = [
  [Profile, { ...aProfile(), name: 3 }, "name is a number; expected a text"],
  [Profile, { ...aProfile(), name: undefined }, "name is missing; expected a text"],
  [Profile, { ...aProfile(), specialization: "ui" }, "specialization is a text; expected a list"],
  [Profile, { ...aProfile(), specialization: ["ui", null] }, "specialization.1 is null; expected a text"],
  [Profile, { ...aProfile(), specialization: [""] }, "specialization.0: expected at least 1"],
  [Profile, { ...aProfile(), name: "x".repeat(4001) }, "name: expected at most 4000"],
  [
    Profile,
    { ...aProfile(), updated_at: "yesterday" },
    "updated_at: an instant is ISO 8601 in UTC, like 2026-01-31T12:00:00Z",
  ],
  [Message, { ...aMessage(), id: undefined }, "id is missing; expected a text"],
  [Message, { ...aMessage(), priority: "soon" }, "priority: urgency is normal, high or urgent"],
  [Registry, [], "the file is a list; expected an object"],
  [Registry, { registry_version: "1.0", sessions: { a: 1 } }, "sessions.a is a number; expected an object"],
  [Settings, { limits: { file_bytes: 1 } }, "limits.file_bytes: expected at least 1024"],
  [Settings, { heartbeat: null }, "heartbeat is null; expected an object"],
] as const;

describe("an issue of a schema names the value, what it is and what was expected", () => {
  it.each(CASES)("%#", (schema, file, words) => {
    const issue = schema.safeParse(file, TO_EXPLAIN).error?.issues[0];
    expect(issue && explain(issue, file)).toBe(words);
  });

  it("also where a library has all schemas speak a language", () => {
    const { localeError } = z.config();
    z.config(z.locales.de());
    const file = { ...aProfile(), name: 3 };
    const issue = Profile.safeParse(file, TO_EXPLAIN).error?.issues[0];
    z.config({ localeError });
    expect(issue && explain(issue, file)).toBe("name is a number; expected a text");
  });
});
