import { holdsName } from "../app/coding-tools/register.ts";
import type { ToolSession } from "../app/coding-tools/tool-session.ts";
import type { ScopedTarget } from "../app/targets.ts";
import { blockedTargets } from "../domain/claims/list.ts";
import { isLive } from "../domain/claims/overlap.ts";
import { isKey } from "../domain/claims/target.ts";
import type { HookAnswer } from "../domain/coding-tools/event.ts";
import { toInstant } from "../domain/values/time.ts";
import { HiveError } from "../errors.ts";
import type { HookContext } from "./context.ts";
import { claimText, uncheckedText } from "./texts.ts";

/**
 * Warns where another session has claimed a file that is about to be changed, and where that cannot be known. With
 * `HIVE_STRICT` set, asks the user first.
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
  const [first] = blockedTargets(
    state.claims,
    found.flatMap((each) => (each instanceof HiveError ? [] : each)),
    session,
    now,
  );
  if (first !== undefined)
    return warning(
      toolSession,
      claimText(first, identity === undefined ? "" : toolSession.authorOption(identity.session)),
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
