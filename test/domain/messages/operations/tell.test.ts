import { describe, expect, it } from "vitest";
import { decide } from "../../../../src/domain/decide.ts";
import { reply } from "../../../../src/domain/messages/operations/reply.ts";
import { tell } from "../../../../src/domain/messages/operations/tell.ts";
import type { Profile } from "../../../../src/domain/sessions/session.ts";
import { aMessage, anOperation, aProfile, aState, changeOf, NOON } from "../../../support/builders.ts";

const NEED = {
  id: "01KG9M2V0000000000000000AA",
  question: `Which database ${"shall I use ".repeat(9)}?`,
  options: ["Postgres", "SQLite"],
  since: NOON,
};
const ANSWER = "01KG9M2V0000000000000000BB";

function say(input: object, session = "ada", needs: object | null = NEED) {
  const bob = aProfile({ id: "bob", ...(needs === null ? {} : { needs }) });
  const state = aState({
    sessions: [bob, aProfile({ id: "boss" })],
    retired: { sessions: { gone: { retired_at: NOON } } } as never,
  });
  const given = {
    to: "bob",
    text: "Use Postgres",
    ...(session === "boss" ? {} : { person: true }),
    ...input,
  };
  return decide(tell, state, anOperation(given, { session, op: ANSWER }));
}

describe("what a person tells a session", () => {
  it("answers its question, which is gone by that, and is a message of high priority", () => {
    const change = changeOf(say({}));
    const { needs, ...rest } = aProfile({ id: "bob", needs: NEED });
    expect(needs).toBeDefined();
    expect(change.json("SESSIONS/bob.json")).toEqual(rest);
    expect(change.result.message).toEqual({
      id: ANSWER,
      from: "ada",
      to: "bob",
      priority: "high",
      intent: "inform",
      subject: "Answer to: Which database shall I use shall I use …",
      answers: NEED.id,
      person: true,
      sent_at: NOON,
      body: "Use Postgres",
    });
    expect(change.paths).not.toContain("HEARTBEATS/ada.json");
    expect(change.subject).toBe("tell [high] ada to bob: Use Postgres");
  });

  it("can be the number of an option, and no other number", () => {
    expect(changeOf(say({ text: "2" })).result.message.body).toBe("SQLite");
    for (const text of ["0", "3", "99"])
      expect(say({ text })).toMatchObject({ kind: "refusal", code: "no_such_option" });
    const { options: _, ...open } = NEED;
    expect(changeOf(say({ text: "3" }, "ada", open)).result.message.body).toBe("3");
  });

  it("is only a message where the session asks nothing", () => {
    const change = changeOf(say({}, "ada", null));
    expect(change.paths).not.toContain("SESSIONS/bob.json");
    expect(change.result.message).not.toHaveProperty("answers");
    expect(change.result.answered).toBeNull();
  });

  it("leaves open what the session's tool asks, because no message answers the tool", () => {
    const change = changeOf(say({}, "ada", { ...NEED, by_tool: true }));
    expect(change.paths).not.toContain("SESSIONS/bob.json");
    expect(change.result).toMatchObject({ answered: null, open: { id: NEED.id } });
  });

  it("is refused where the session asks something else than the person saw", () => {
    expect(changeOf(say({ need: NEED.id })).result.answered).toMatchObject({ id: NEED.id });
    expect(say({ need: ANSWER })).toMatchObject({ code: "question_gone" });
    expect(say({ need: ANSWER }, "ada", null)).toMatchObject({ code: "question_gone" });
  });

  it("is refused to an unknown session, with the names that may be meant", () => {
    expect(say({ to: "bbo" })).toMatchObject({ code: "unknown_session", hint: "Did you mean bob?" });
  });

  it("is refused under the name of a session, of a retired one, or of git-hive", () => {
    for (const session of ["bob", "gone", "git-hive"])
      expect(say({ to: "boss" }, session)).toMatchObject({ code: "not_a_person" });
    expect(say({ person: true }, "boss")).toMatchObject({ code: "not_a_person" });
  });

  it("can be told by another session, in its own name, and not by a stranger", () => {
    const change = changeOf(say({}, "boss"));
    expect(change.result.message).not.toHaveProperty("person");
    expect(change.paths).toContain("HEARTBEATS/boss.json");
    expect(say({ person: undefined }, "eve")).toMatchObject({ code: "not_registered" });
    expect(say({ to: "boss" }, "boss")).toMatchObject({ code: "same_session" });
  });

  it("gets no reply, but the session learns how to ask a person", () => {
    const { message } = changeOf(say({})).result;
    const state = aState({ sessions: [aProfile({ id: "bob" }) as Profile], messages: [aMessage(message)] });
    const input = { message: ANSWER, text: "Done", intent: "inform" };
    expect(decide(reply, state, anOperation(input, { session: "bob" }))).toMatchObject({
      code: "not_a_session",
      hint: 'Ask your human: hive needs "<question>"',
    });
  });
});
