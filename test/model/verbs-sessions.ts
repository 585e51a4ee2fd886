import fc from "fast-check";
import type { Verb } from "./act.ts";
import { anyone, lasting, maybe } from "./draw.ts";
import { instant, type Model, type ModelSession, type ModelSkill, type Who } from "./model.ts";

const state = fc.constantFrom("active", "idle", "paused", "offline");
const work = fc.constantFrom("Parser", "Charts");
const skills = fc.constantFrom<readonly string[]>(["react"], ["React", "rust"], []);

/** Profile, registry entry and first heartbeat. Again: what is given changes, the rest stays. */
export const register: Verb<{
  who: Who;
  state: string | undefined;
  work: string | undefined;
  skills: readonly string[] | undefined;
  fresh: true | undefined;
  returns: true | undefined;
}> = {
  kind: "register",
  args: fc.record({
    who: fc.oneof(
      { arbitrary: anyone, weight: 20 },
      { arbitrary: fc.constant("git-hive" as const), weight: 1 },
    ),
    state: maybe(state),
    work: maybe(work),
    skills: maybe(skills),
    fresh: maybe(fc.constant(true as const)),
    returns: maybe(fc.constant(true as const)),
  }),
  attempt: (_, { who, state: status, ...given }) => ({ session: who, input: { status, ...given } }),
  judge(model, { who, fresh, returns, ...given }, _who, counted) {
    if (who === "git-hive") return "reserved_session";
    const known = model.sessions.get(who);
    const retired = model.retired.get(who);
    if (fresh && (known ?? retired)) return "name_taken";
    const isItself = counted !== undefined || (returns && retired?.registration === undefined);
    if (retired && !isItself) return "name_retired";
    return (_, op) => {
      model.retired.delete(who);
      const session = known ?? newcomer(model.now, fresh ? op : retired?.registration, retired?.shown);
      const { state, until } = known ? spokenFor(model, who) : { state: "active", until: undefined };
      const told = workAfter(session, given.state ?? state, given.work);
      model.sessions.set(who, Object.assign(session, { seen: model.now, gone: false }));
      session.state = given.state ?? state;
      session.until = given.state === undefined ? until : undefined;
      Object.assign(session, told);
      if (given.skills) session.skills = given.skills.map((name) => ({ ...like(session, name), name }));
    };
  },
};

/** What its host has shown to a session that was retired stays known there. */
function newcomer(came: number, registration: string | undefined, shown = nothingShown()): ModelSession {
  const nothing = {
    work: "",
    workBefore: undefined,
    hours: null,
    skills: [],
    worked: null,
    left: undefined,
    shown,
    read: nothingShown(),
  };
  const said = { state: "active", until: undefined, gone: false, follows: new Set(), mutes: new Set() };
  return { ...nothing, ...said, came, registration, seen: came } as ModelSession;
}

/** What is known of a skill, in whatever case it is spelled. */
export function like({ skills }: ModelSession, name: string): ModelSkill | undefined {
  return skills.find((skill) => skill.name.toLowerCase() === name.toLowerCase());
}

/** The word of a session that is heard of right now: whoever was offline is active again. */
function spokenFor(model: Model, who: Who): { state: string; until: number | undefined } {
  return model.isOffline(who) ? { state: "active", until: undefined } : model.word(who);
}

type Work = Pick<ModelSession, "work" | "workBefore">;

/** The work of a session in a state, and what it returns to: the reason of a pause is gone after it. */
function workAfter({ work, workBefore }: Work, state: string, told: string | undefined): Work {
  if (told !== undefined) return { work: told, workBefore: undefined };
  return state === "paused" ? { work, workBefore } : { work: workBefore ?? work, workBefore: undefined };
}

/** What a pause says is its reason, as long as it lasts. */
function withReason(kept: Work, reason: string | undefined): Work {
  return reason === undefined ? kept : { work: reason, workBefore: kept.workBefore ?? kept.work };
}

/** The end that is given, else the one of before. */
function endOf(model: Model, before: number | undefined, lasts: number | undefined): number | undefined {
  return lasts === undefined ? before : model.now + lasts;
}

/** A sign of life, and what is new; without news, no sooner than a minute after the last. */
const heartbeat: Verb<{
  who: Who;
  state: string | undefined;
  work: string | undefined;
  lasts: number | undefined;
  worked: true | undefined;
}> = {
  kind: "heartbeat",
  args: fc.record({
    who: anyone,
    state: maybe(state),
    work: maybe(work),
    lasts: maybe(lasting),
    worked: maybe(fc.constant(true as const)),
  }),
  attempt: (model, { who, state: status, work, lasts, worked }) => ({
    session: who,
    input: { status, work, worked, until: lasts === undefined ? undefined : instant(model.now + lasts) },
  }),
  judge(model, { who, work, lasts, worked, ...given }) {
    if (lasts !== undefined && lasts <= 0) return "over_already";
    const session = model.session(who);
    const before = spokenFor(model, who);
    const isSaid = given.state !== undefined || lasts !== undefined;
    const state = given.state ?? before.state;
    const until = endOf(model, state === before.state ? before.until : undefined, lasts);
    const said = isSaid ? { state, until } : before;
    const kept = workAfter(session, said.state === "paused" ? before.state : said.state, undefined);
    const told = given.state === "paused" ? withReason(kept, work) : workAfter(kept, said.state, work);
    const now = { ...said, ...told };
    const isNews = (["state", "until", "work", "workBefore"] as const).some(
      (key) => now[key] !== session[key],
    );
    const works = worked === true || (work !== undefined && work !== session.work);
    const known = works ? [session.seen, session.worked ?? undefined] : [session.seen];
    const isFresh = known.every((at) => at !== undefined && model.now - at < 60);
    if (isFresh && !isNews && !session.gone) return "nothing";
    const sign = { seen: model.now, gone: false, worked: works ? model.now : session.worked };
    return () => Object.assign(session, now, sign);
  },
};

/** When a session is there; null for always. */
const availability: Verb<{ who: Who; hours: string | null }> = {
  kind: "availability",
  args: fc.record({
    who: anyone,
    hours: fc.constantFrom("Mon-Fri 09:00-17:00 UTC", "Sat 11:00-13:00 UTC", null),
  }),
  attempt: (_, { who, hours }) => ({ session: who, input: { hours } }),
  judge(model, { who, hours }) {
    const session = model.session(who);
    return session.hours === hours ? "nothing" : () => Object.assign(session, { hours, gone: false });
  },
};

export const SESSION_VERBS = [register, heartbeat, availability] as unknown as readonly Verb<unknown>[];

function nothingShown() {
  return { ids: new Set<string>(), upTo: "" };
}

/** Registering with nothing but a name. */
export const NOTHING_GIVEN = {
  state: undefined,
  work: undefined,
  skills: undefined,
  fresh: undefined,
  returns: undefined,
};
