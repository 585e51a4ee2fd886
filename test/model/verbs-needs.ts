import fc from "fast-check";
import type { Verb } from "./act.ts";
import { anyone, maybe } from "./draw.ts";
import type { Who } from "./model.ts";

const OPTIONS = ["Yes", "No"];

/** A session, or its tool, asks its human or takes that back. Its own question is not the tool's to change. */
const needs: Verb<{
  who: Who;
  question: string | undefined;
  options: readonly string[] | undefined;
  by_tool: true | undefined;
}> = {
  kind: "needs",
  args: fc.record({
    who: anyone,
    question: fc.constantFrom("Which port?", "Go on?", "Go on?", undefined),
    options: maybe(fc.constant(OPTIONS)),
    by_tool: maybe(fc.constant(true as const)),
  }),
  attempt: (_, { who, question, options, by_tool }) => ({
    session: who,
    input: question === undefined ? { done: true, by_tool } : { question, options, by_tool },
  }),
  judge(model, { who, question, options, by_tool: byTool }) {
    const session = model.session(who);
    const known = session.needs;
    if (byTool && known !== undefined && !known.byTool) return "nothing";
    const isSame =
      known !== undefined &&
      known.question === question &&
      String(known.options) === String(options) &&
      known.byTool === byTool &&
      model.now - known.since < 3600;
    if (question === undefined ? known === undefined : isSame) return "nothing";
    return (_, id) => {
      session.needs =
        question === undefined ? undefined : { id, question, options, byTool, since: model.now };
      if (!byTool) return;
      if (model.isOffline(who)) Object.assign(session, { state: "active", until: undefined });
      Object.assign(session, { seen: model.now, gone: false });
    };
  },
};

/** A person, or a session, answers what a session asked, or tells it something else. */
const tell: Verb<{ who: Who | "ada"; to: Who; text: string; person: true | undefined; saw: boolean }> = {
  kind: "tell",
  args: fc.record({
    who: fc.oneof(anyone, fc.constant("ada" as const), fc.constant("ada" as const)),
    to: anyone,
    text: fc.constantFrom("Do it", "2", "3"),
    person: fc.constantFrom(true as const, undefined),
    saw: fc.boolean(),
  }),
  attempt: (model, { who, to, text, person, saw }) => ({
    session: who as Who,
    input: { to, text, person, need: saw ? (model.sessions.get(to)?.needs?.id ?? LOST) : undefined },
  }),
  judge(model, { who, to, text, person, saw }) {
    const isKnown = model.sessions.has(who as Who);
    if (person && (isKnown || model.retired.has(who as Who))) return "not_a_person";
    if (!person && !isKnown) return "not_registered";
    const target = model.sessions.get(to);
    if (target === undefined) return "unknown_session";
    if (who === to) return "same_session";
    const { needs: known } = target;
    if (saw && known === undefined) return "question_gone";
    if (known?.options !== undefined && text === "3") return "no_such_option";
    const isAnswered = known !== undefined && !known.byTool;
    return (result, id) => {
      const answers = isAnswered ? known.id : undefined;
      if (isAnswered) target.needs = undefined;
      model.tell({ id, from: who as Who, to, priority: "high", intent: "inform", answers, person });
      const { body } = (result as { message: { body: string } }).message;
      const said = known?.options !== undefined && text === "2" ? "No" : text;
      if (body !== said) throw new Error(`told ${body} and not ${said}`);
    };
  },
};

const LOST = "01KG9M2V0000000000000000ZZ";

export const NEED_VERBS = [needs, tell] as unknown as readonly Verb<unknown>[];
