import fc from "fast-check";
import type { Verb } from "./act.ts";
import { anyone, nth } from "./draw.ts";
import type { Model, ModelMessage, Who } from "./model.ts";

const priority = fc.constantFrom("normal", "high", "urgent");
const intent = fc.constantFrom("inform", "ask", "ack");
const topic = fc.constantFrom("#deploy", "deploy", "#session-1", "ui");
const session = fc.constantFrom("session-1", "session-2", "session-3", "session-10");

const broadcast: Verb<{ who: Who; priority: string }> = {
  kind: "broadcast",
  args: fc.record({ who: anyone, priority }),
  attempt: (_, { who, priority }) => ({ session: who, input: { text: "Hello", priority } }),
  judge:
    (model, { who, priority }) =>
    (_, id) =>
      model.tell({ id, from: who, to: "all", priority }),
};

/** To a session that is registered; any other name is a topic that somebody follows, and with `#` always a topic. */
const send: Verb<{ who: Who; to: string; intent: string; priority: string }> = {
  kind: "send",
  args: fc.record({ who: anyone, to: fc.oneof(session, topic), intent, priority }),
  attempt: (_, { who, to, intent, priority }) => ({
    session: who,
    input: { to, text: "Hello", intent, priority },
  }),
  judge(model, { who, to: name, intent, priority }) {
    const isSession = model.sessions.has(name as Who);
    const isFollowed = [...model.sessions.values()].some(({ follows }) => follows.has(`#${name}`));
    if (!name.startsWith("#") && !isSession && !isFollowed) return "unknown_recipient";
    if (name === who) return "same_session";
    const to = isSession || name.startsWith("#") ? name : `#${name}`;
    return (_, id) => model.tell({ id, from: who, to, intent, priority });
  },
};

/** To the author, or on the topic; who adds to what it wrote itself speaks to whom that was for. */
const reply: Verb<{ who: Who; which: number; intent: string; byRequest: boolean }> = {
  kind: "reply",
  args: fc.record({ who: anyone, which: nth, intent, byRequest: fc.boolean() }),
  attempt(model, { who, which, intent, byRequest }) {
    const { id, request } = model.message(which) ?? { id: "01KG9M2V00", request: undefined };
    return { session: who, input: { message: byRequest && request ? request : id, text: "Yes", intent } };
  },
  judge(model, { who, which, intent, byRequest }) {
    const named = model.message(which);
    const message = byRequest ? tellerOf(model, named) : named;
    if (message === undefined) return "unknown_message";
    const other = message.from === who ? message.to : message.from;
    const to = message.to.startsWith("#") ? message.to : other;
    if (to === "all" || to === who) return "same_session";
    if (!to.startsWith("#") && !model.sessions.has(to as Who))
      return message.person && to === message.from ? "not_a_session" : "unknown_session";
    if (intent === "ack" && message.intent === "ack") return "already_acknowledged";
    return (_, id) => model.tell({ id, from: who, to, intent, thread: message.thread });
  },
};

/** A request's id means the message that told it, not what was told of it later. */
function tellerOf(model: Model, message: ModelMessage | undefined): ModelMessage | undefined {
  return model.messages.find(
    ({ id, request }) => id === message?.id || (request && request === message?.request),
  );
}

const target = fc.oneof(topic, session, nth);

/** What is followed is not muted, and what is muted is not followed: the last word counts. */
function attention(kind: "follow" | "mute"): Verb<{ who: Who; target: string | number; off: boolean }> {
  const [list, other] = kind === "follow" ? (["follows", "mutes"] as const) : (["mutes", "follows"] as const);
  return {
    kind,
    args: fc.record({ who: anyone, target, off: fc.constantFrom(true, false, false) }),
    attempt: (model, { who, target, off }) => ({
      session: who,
      input: {
        target: typeof target === "string" ? target : (model.message(target)?.id ?? "01KG9M2V00"),
        off,
      },
    }),
    judge(model, { who, target, off }) {
      const meant = meaning(model, target);
      if (meant === undefined) return "unknown_message";
      const isSession = model.sessions.has(meant as Who);
      if (!off && kind === "follow" && isSession) return "not_a_topic";
      if (!off && meant === who) return "same_session";
      const told = model.session(who);
      if (told[list].has(meant) !== off) return "nothing";
      return () => {
        told.gone = false;
        if (off) return told[list].delete(meant);
        told[list].add(meant);
        return told[other].delete(meant);
      };
    },
  };
}

/** A conversation by any of its messages; a session; or a topic, with its `#` or where no session is called so. */
function meaning(model: Model, target: string | number): string | undefined {
  if (typeof target === "number") return model.message(target)?.thread;
  return target.startsWith("#") || model.sessions.has(target as Who) ? target : `#${target}`;
}

export const TALK_VERBS = [
  broadcast,
  send,
  reply,
  attention("follow"),
  attention("mute"),
] as unknown as readonly Verb<unknown>[];
