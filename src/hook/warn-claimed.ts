import { holdsName } from "../app/coding-tools/register.ts";
import { blockedTargets } from "../domain/claims/list.ts";
import { isLive } from "../domain/claims/overlap.ts";
import { isKey } from "../domain/claims/target.ts";
import type { HookAnswer } from "../domain/coding-tools/event.ts";
import { toInstant } from "../domain/values/time.ts";
import type { HookContext } from "./context.ts";
import { claimText } from "./texts.ts";

/** Warns where another session has claimed a file that is about to be changed. With `HIVE_STRICT` set, asks the user first. */
export async function edit(context: HookContext): Promise<HookAnswer | undefined> {
  const { toolSession, event, state, tip } = context;
  const now = toInstant(toolSession.world.now());
  const identity = toolSession.identity();
  // Until the hub has confirmed the name, a claim under it is that of another session.
  const session = identity && holdsName(identity, state) ? identity.session : undefined;
  const isOfOthers = [...state.claims.values()].some(
    (claim) => claim.session !== session && isLive(claim, now) && !claim.patterns.every(isKey),
  );
  if (!isOfOthers) {
    toolSession.remember({ ...toolSession.recall(), unclaimedAt: tip });
    return undefined;
  }
  const { scopesOfFile } = await import("../app/targets.ts");
  const scopes = await Promise.all(event.paths.map((path) => scopesOfFile(toolSession.world, path)));
  const wanted = scopes.flat();
  const [first] = blockedTargets(state.claims, wanted, session, now);
  if (first === undefined) return undefined;
  const text = claimText(first, identity === undefined ? "" : toolSession.authorOption(identity.session));
  const { HIVE_STRICT } = toolSession.world.env;
  return HIVE_STRICT && HIVE_STRICT !== "0" ? { ask: text } : { context: text };
}
