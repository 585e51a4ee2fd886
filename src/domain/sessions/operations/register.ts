import { change } from "../../decision.ts";
import { type Author, defineOperation } from "../../operation.ts";
import { notYours, type Refusal } from "../../refusal.ts";
import type { Ulid } from "../../values/ids.ts";
import { BOT } from "../../values/session-id.ts";
import { Line } from "../../values/text.ts";
import { firstLine } from "../../values/visible.ts";
import * as z from "../../values/z.ts";
import { nextHeartbeat } from "../beat.ts";
import { presenceOf } from "../presence.ts";
import { nameAlive, nameRetired, nameTaken, reservedSession, unknownState } from "../refusals.ts";
import { putReturned, retiredSession } from "../retired.ts";
import { isState, type Profile, type RetiredSession, Status } from "../session.ts";
import { isSkill, MAX_SKILLS } from "../skill.ts";
import { withoutEndedStatus, withState, withWork } from "../state.ts";
import { putHeartbeat, putProfiles } from "../write.ts";

const Input = z.object({
  name: z.optional(Line),
  role: z.optional(Line),
  work: z.optional(Line),
  status: z.optional(Status),
  skills: z.optional(z.array(Line).check(z.maxLength(MAX_SKILLS, `at most ${MAX_SKILLS} skills`))),
  /** Refuse the operation if the name was ever registered. */
  fresh: z.optional(z.literal(true)),
  /** The author is the retired session of this name, and returns. */
  returns: z.optional(z.literal(true)),
  /** The author's host does not know the name as one that was registered there. */
  elsewhere: z.optional(z.literal(true)),
  /** Also where a session that is alive has the name. */
  take_over: z.optional(z.literal(true)),
});
type Input = z.infer<typeof Input>;

/**
 * Writes profile, registry entry and heartbeat in one commit. Registering again changes only the given values. A retired
 * session returns by the registration that it had or, if it had none, by its own word.
 */
export const register = defineOperation({
  kind: "register",
  by: "anyone",
  reads: ["settings", "sessions", "registry", "retired", "heartbeats"],
  input: Input,
  decide(state, input, by) {
    const [known, last] = [state.sessions.get(by.session), state.heartbeats.get(by.session)];
    const retired = known ? undefined : retiredSession(state.retired, by.session);
    const refused = refuseName(input, by, known, retired);
    if (refused) return refused;
    const isAlive = known !== undefined && presenceOf(last, by.at, state.settings) === "alive";
    if (isAlive && last && input.elsewhere && !input.take_over)
      return nameAlive(known.id, last.last_heartbeat);
    if (input.status !== undefined && !isState(input.status)) return unknownState(input.status);
    const previous = known && withoutEndedStatus(known, by.at);
    const session = profileOf(previous, retired?.registration, input, by);
    const heartbeat = {
      ...nextHeartbeat(session, last, by.at),
      ...(known ? {} : { worked_at: null }),
    };
    const isTaken = isAlive && input.take_over === true;
    const subject = `register ${session.id}: ${firstLine(session.role || session.name, 60)}`;
    const files = [
      ...putProfiles(state, [session]),
      putHeartbeat(heartbeat),
      ...(retired ? [putReturned(state.retired, session.id)] : []),
    ];
    return change(subject, files, {
      session,
      renewed: (previous ?? retired) !== undefined,
      ...(isTaken ? { taken_over: true as const } : {}),
    });
  },
});

/** A name belongs to the session that registered it first, also after that session was retired. */
function refuseName(
  { fresh, returns }: Input,
  { session, registration }: Author,
  known: Profile | undefined,
  retired: RetiredSession | undefined,
): Refusal | undefined {
  const holder = known ?? retired;
  if (registration !== undefined && holder?.registration !== registration) return notYours(session);
  if (session === BOT) return reservedSession(session);
  if (fresh && holder) return nameTaken(session);
  const isProven = registration !== undefined || (returns && retired?.registration === undefined);
  return retired && !isProven ? nameRetired(session, retired) : undefined;
}

function profileOf(
  previous: Profile | undefined,
  registration: Ulid | undefined,
  input: Input,
  { op, session, at }: Author,
): Profile {
  // A new status does not inherit the end of the previous one.
  const stated = previous && (input.status === undefined ? previous : withState(previous, input.status));
  const kept = stated && (input.work === undefined ? stated : withWork(stated, input.work));
  return {
    ...kept,
    id: session,
    name: input.name ?? previous?.name ?? session,
    role: input.role ?? previous?.role ?? "",
    status: input.status ?? previous?.status ?? "active",
    specialization: input.skills ?? previous?.specialization ?? [],
    capabilities_offered: input.skills ?? previous?.capabilities_offered ?? [],
    ...keptOffers(previous, input.skills),
    current_work: kept?.current_work ?? input.work ?? "",
    registered_at: previous?.registered_at ?? at,
    updated_at: at,
    ...(registration === undefined ? {} : { registration }),
    ...(input.fresh || (input.take_over && previous?.registration) ? { registration: op } : {}),
  };
}

/** The offers of skills that the session still has; the offers of removed skills are dropped. */
function keptOffers(previous: Profile | undefined, skills: readonly string[] | undefined) {
  if (!previous?.offers || !skills) return {};
  return { offers: previous.offers.filter(({ skill }) => skills.some(isSkill(skill))) };
}
