import type { Refusal } from "../domain/refusal.ts";
import type { Bundle } from "../domain/requests/bundle.ts";
import { draftBundle } from "../domain/requests/draft-bundle.ts";
import { findRequest } from "../domain/requests/find.ts";
import type { World } from "../world.ts";
import { checkoutFacts } from "./workplace/project.ts";
import type { Workplace } from "./workplace/workplace.ts";

/** The start of a handover; the goal is that of the request that is handed over. */
export interface HandoverDraft {
  readonly goal: string | undefined;
  readonly bundle: Bundle;
}

/** How far back a session's own acts are looked for, in commits of the hub. */
const RECENT = 200;
const GOAL = 4000;

/** What git and the hub know of the work of whoever acts here; refused where there is no such request. Throws HiveError. */
export async function draftHandover(
  world: World,
  { hive, identity }: Pick<Workplace, "hive" | "identity">,
  request: string | undefined,
): Promise<HandoverDraft | Refusal> {
  const { session } = identity();
  const [{ state }, { entries }, facts] = [
    await hive.read(["sessions", "collaborations"]),
    await hive.history([], RECENT),
    await checkoutFacts(world),
  ];
  const found = request === undefined ? undefined : findRequest(state, request);
  if (found !== undefined && "kind" in found) return found;
  const goal = found?.collaboration.request.slice(0, GOAL).toWellFormed();
  return { goal, bundle: draftBundle(state.sessions.get(session), entries, facts) };
}
