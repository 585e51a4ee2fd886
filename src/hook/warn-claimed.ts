import { holdsName } from "../app/coding-tools/register.ts";
import type { ToolSession } from "../app/coding-tools/tool-session.ts";
import type { ScopedTarget } from "../app/targets.ts";
import { type BlockedTarget, blockedTargets } from "../domain/claims/list.ts";
import { isLive } from "../domain/claims/overlap.ts";
import { isKey } from "../domain/claims/target.ts";
import type { HookAnswer } from "../domain/coding-tools/event.ts";
import { toInstant } from "../domain/values/time.ts";
import { HiveError } from "../errors.ts";
import type { HookContext } from "./context.ts";
import { isOff } from "./off.ts";
import { claimText, uncheckedText } from "./texts.ts";

/** How many claims a session remembers for which it was denied an edit. */
const MAX_DENIED = 100;

const AGAIN = "Nothing was changed. To change it all the same, make the same edit again.";

/**
 * Warns where another session has claimed a file that is about to be changed, and where that cannot be known. A warning
 * alone reaches the session only after its edit, so the first edit is denied with it, and the next one passes. With
 * `HIVE_STRICT` set, the user is asked each time.
 */
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
  const found = await Promise.all(event.paths.map((path) => scopesIn(toolSession, path)));
  const blocked = blockedTargets(
    state.claims,
    found.flatMap((each) => (each instanceof HiveError ? [] : each)),
    session,
    now,
  );
  if (blocked.length > 0)
    return claimed(
      toolSession,
      blocked,
      identity === undefined ? "" : toolSession.authorOption(identity.session),
    );
  const unknown = found.find((each) => each instanceof HiveError);
  return unknown && unknownProject(toolSession, unknown);
}

/** The scopes of a file, or why it is not known to which project it belongs. */
async function scopesIn({ world }: ToolSession, path: string): Promise<ScopedTarget[] | HiveError> {
  const { scopesOfFile } = await import("../app/targets.ts");
  try {
    return await scopesOfFile(world, path);
  } catch (error) {
    if (error instanceof HiveError && error.code === "project_unknown") return error;
    throw error;
  }
}

/** Denies an edit for a claim of which the session was not told yet, one claim at a time. */
function claimed(
  toolSession: ToolSession,
  blocked: readonly BlockedTarget[],
  as: string,
): HookAnswer | undefined {
  const [first] = blocked;
  if (first && (isStrict(toolSession) || isOff(toolSession.world, "deny")))
    return warning(toolSession, claimText(first, as));
  const memory = toolSession.recall();
  const denied = memory.denied ?? [];
  const untold = blocked.find((each) => !denied.includes(nameOf(each)));
  if (untold === undefined) return undefined;
  toolSession.remember({ ...memory, denied: [...denied.slice(-MAX_DENIED), nameOf(untold)] });
  return { deny: `${claimText(untold, as)}\n${AGAIN}` };
}

function nameOf({ claim, pattern }: BlockedTarget): string {
  return [claim.session, claim.claimed_at, pattern].join(" ");
}

/** Says that claims cannot be checked: once, because the session cannot always mend it. */
function unknownProject(toolSession: ToolSession, error: HiveError): HookAnswer | undefined {
  const text = uncheckedText(error);
  const memory = toolSession.recall();
  if (memory.unchecked === text && !isStrict(toolSession)) return undefined;
  toolSession.remember({ ...memory, unchecked: text });
  return warning(toolSession, text);
}

function warning(toolSession: ToolSession, text: string): HookAnswer {
  return isStrict(toolSession) ? { ask: text } : { context: text };
}

function isStrict({ world: { env } }: ToolSession): boolean {
  return Boolean(env.HIVE_STRICT) && env.HIVE_STRICT !== "0";
}
