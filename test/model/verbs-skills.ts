import fc from "fast-check";
import type { Verb } from "./act.ts";
import { anyone, lasting, maybe } from "./draw.ts";
import { instant, type Who } from "./model.ts";
import { like } from "./verbs-sessions.ts";

const skill = fc.constantFrom("react", "React", "rust", "go");

/** Adds a skill; again it changes what is given and keeps the rest. Once its time has passed, it is offered anew. */
const offer: Verb<{ who: Who; skill: string; note: string | undefined; lasts: number | undefined }> = {
  kind: "offer",
  args: fc.record({
    who: anyone,
    skill,
    note: maybe(fc.constantFrom("Soon", "Small")),
    lasts: maybe(lasting),
  }),
  attempt: (model, { who, skill, note, lasts }) => ({
    session: who,
    input: { skill, note, until: lasts === undefined ? undefined : instant(model.now + lasts) },
  }),
  judge(model, { who, skill, note, lasts }) {
    if (lasts !== undefined && lasts <= 0) return "already_past";
    const session = model.session(who);
    const before = like(session, skill);
    const told = before?.offer;
    const runs = told !== undefined && (told.until === undefined || told.until > model.now);
    const made = {
      note: note ?? told?.note,
      since: runs ? told.since : model.now,
      until: lasts === undefined ? (runs ? told.until : undefined) : model.now + lasts,
    };
    if (runs && made.note === told.note && made.until === told.until) return "nothing";
    return () => {
      if (before) before.offer = made;
      else session.skills.push({ name: skill, offer: made });
      Object.assign(session, { seen: model.now, worked: model.now, gone: false });
    };
  },
};

const withdraw: Verb<{ who: Who; skill: string }> = {
  kind: "withdraw",
  args: fc.record({ who: anyone, skill }),
  attempt: (_, { who, skill }) => ({ session: who, input: { skill } }),
  judge(model, { who, skill }) {
    const session = model.session(who);
    const offered = like(session, skill);
    if (offered === undefined) return "not_offered";
    const skills = session.skills.filter((each) => each !== offered);
    return () => Object.assign(session, { skills, seen: model.now, worked: model.now, gone: false });
  },
};

export const SKILL_VERBS = [offer, withdraw] as unknown as readonly Verb<unknown>[];
