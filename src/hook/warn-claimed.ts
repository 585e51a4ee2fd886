import { onlyPath } from "../domain/claims/glob/glob.ts";
import { hindrances } from "../domain/claims/list.ts";
import { isLive } from "../domain/claims/overlap.ts";
import { isKey } from "../domain/claims/target.ts";
import type { HookAnswer } from "../domain/coding-tools/event.ts";
import { toInstant } from "../domain/values/time.ts";
import type { Scene } from "./context.ts";
import { claimText } from "./texts.ts";

/** Says who else has claimed a file that is about to be changed; with `HIVE_STRICT` set, its user is asked first. */
export async function edit(scene: Scene): Promise<HookAnswer | undefined> {
  const { attendance, event, state, tip } = scene;
  const now = toInstant(attendance.world.now());
  const session = attendance.identity()?.session;
  const isOfOthers = [...state.claims.values()].some(
    (claim) => claim.session !== session && isLive(claim, now) && !claim.patterns.every(isKey),
  );
  if (!isOfOthers) {
    attendance.remember({ ...attendance.recall(), unclaimedAt: tip });
    return undefined;
  }
  const project = await attendance.claimsProject();
  const paths = event.paths.flatMap((path) => attendance.inProject(path) ?? []);
  const wanted = paths.map((path) => ({
    target: path,
    scope: { keys: new Set<string>(), project, files: [{ target: path, glob: onlyPath(path) }] },
  }));
  const [first] = hindrances(state.claims, wanted, session, now);
  if (first === undefined) return undefined;
  const text = claimText(first, session === undefined ? "" : attendance.sayWho(session));
  const { HIVE_STRICT } = attendance.world.env;
  return HIVE_STRICT && HIVE_STRICT !== "0" ? { ask: text } : { context: text };
}
