import { personName, slugOf } from "../../domain/sessions/person-name.ts";
import type { Snapshot } from "../../domain/snapshot.ts";
import type { SessionId, Ulid } from "../../domain/values/ids.ts";
import { wrongCall } from "../../errors.ts";
import { projectOf } from "../../store/checkout/checkout.ts";
import { userName } from "../../store/checkout/user-name.ts";
import type { World } from "../../world.ts";
import type { Workplace } from "./workplace.ts";

/** Who tells: a session, or a person who is none. */
interface Teller {
  readonly session: SessionId;
  readonly registration?: Ulid | undefined;
  readonly person?: true;
}

/**
 * Finds who tells a session something: the session that acts, else the person whom `--as` or HIVE_SESSION names, else the
 * person of git's `user.name`. A coding tool's session never passes as a person. Throws HiveError.
 */
export async function tellerOf(
  world: World,
  workplace: Workplace,
  state: Pick<Snapshot, "sessions" | "retired">,
): Promise<Teller> {
  if (workplace.isInTool()) return workplace.identity();
  const known = workplace.identityIfAny();
  if (known !== undefined && (known.source === "registered here" || state.sessions.has(known.session)))
    return known;
  if (known !== undefined) return { session: known.session, person: true };
  const name = await userName(projectOf(world.directory), world.env);
  const slug = name === undefined ? undefined : slugOf(name);
  if (slug === undefined)
    throw wrongCall(
      name === undefined
        ? "Who you are is not known: git has no user.name here."
        : "Who you are is not known: git's user.name has no letters that a name here can have.",
      'Name yourself: hive tell <session> "<answer>" --as <your-name>',
    );
  return { session: personName(slug, state), person: true };
}
