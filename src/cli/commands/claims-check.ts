import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  readTargets,
  refuseUnclosed,
  type ScopedTarget,
  scopesOf,
  scopesOfStaged,
} from "../../app/targets.ts";
import type { Workplace } from "../../app/workplace/workplace.ts";
import { type BlockedTarget, blockedTargets, ownTargets } from "../../domain/claims/list.ts";
import { namesWork } from "../../domain/claims/target.ts";
import { toInstant } from "../../domain/values/time.ts";
import { firstLine } from "../../domain/values/visible.ts";
import { HiveError, wrongCall } from "../../errors.ts";
import type { World } from "../../world.ts";
import type { CommandAnswer, Context, Options } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { noteReading } from "../freshness.ts";
import { hubOptionsOf } from "../input/hub-options.ts";
import { renderHindrances } from "../render/claims.ts";
import { timesOf } from "../render/times.ts";
import { optionText } from "../submit.ts";

/** For how many seconds a commit may wait for the hub's answer. */
const HUB_TIMEOUT_SECONDS = 5;

/**
 * Checks whether another session holds a named target or a staged file: exit code 3 where one does. Claims are advice,
 * so the check passes where the hub cannot be read or there is none.
 */
export async function checkClaims(
  context: Context,
  texts: readonly string[],
  options: Options,
): Promise<CommandAnswer> {
  const isStaged = options.staged === true;
  if (isStaged === texts.length > 0)
    throw wrongCall(
      "hive claims check needs either targets or --staged.",
      "Examples: hive claims check --staged, hive claims check src/api/routes.ts",
    );
  const project = optionText(options.project);
  refuseUnclosed(context.world, texts);
  try {
    const wanted = isStaged
      ? await stagedTargets(context, project)
      : await scopesOf(
          context.world,
          await readTargets(context.world, withFiles(context.world, texts), project),
          project !== undefined,
        );
    const { held, yours, isKnown } = await check(context, wanted, isStaged);
    const checked = [...new Set(wanted.map(({ target }) => target))];
    const blocked = new Set(held.map(({ target }) => target));
    const mine = yours.filter(({ target }) => !blocked.has(target));
    const taken = new Set([...held, ...mine].map(({ target }) => target));
    const free = checked.filter((each) => !taken.has(each));
    const times = timesOf(context);
    return {
      // A commit needs no answer about what nobody else holds.
      json: { checked: checked.length, held, ...(isStaged ? {} : { yours: mine, free }) },
      text: [
        ...(held.length > 0 ? [renderHindrances(held, isKnown, times)] : []),
        ...(isStaged
          ? []
          : mine.map(({ target, claim }) => `yours: ${firstLine(target, 80)}, ${times.until(claim.until)}`)),
        ...(isStaged || free.length === 0
          ? []
          : [`free: ${free.map((each) => firstLine(each, 80)).join(", ")}`]),
        ...(isStaged && held.length > 0 ? ["To commit all the same: git commit --no-verify"] : []),
      ],
      id: held.map(({ target }) => target).join("\n"),
      exit: held.length > 0 ? EXIT.refused : EXIT.done,
    };
  } catch (error) {
    if (!(error instanceof HiveError) || (error.failure === "usage" && error.code !== "no_hub")) throw error;
    context.io.note(`Claims were not checked. ${error.message} ${error.hint}`);
    return { json: { checked: 0, held: [] }, text: "" };
  }
}

/** The targets, and for each that may be a key or a file also the file. */
function withFiles({ directory }: World, texts: readonly string[]): string[] {
  return texts.flatMap((text) =>
    namesWork(text) && existsSync(join(directory, text)) ? [text, `./${text}`] : [text],
  );
}

async function stagedTargets({ world }: Context, project: string | undefined): Promise<ScopedTarget[]> {
  const { stagedAt } = await import("../../app/workplace/project.ts");
  return scopesOfStaged(world, await stagedAt(world), project);
}

/**
 * Checks staged files against the claims that this host last saw, so that a commit waits for the hub only where a file
 * is held. Then the hub is asked whether the claim still exists.
 */
async function check(context: Context, wanted: readonly ScopedTarget[], isStaged: boolean) {
  const isOffline = context.globals.offline === true;
  const seen = await checkOnce(context, wanted, isOffline || isStaged);
  return isOffline || !isStaged || seen.held.length === 0 ? seen : checkOnce(context, wanted, false);
}

async function checkOnce(
  context: Context,
  wanted: readonly ScopedTarget[],
  isOffline: boolean,
): Promise<{ held: BlockedTarget[]; yours: BlockedTarget[]; isKnown: boolean }> {
  const { hive, knownIdentity } = await openWithTimeout(context, isOffline);
  const read = await hive.read(["claims"]);
  noteReading(context, read);
  const session = knownIdentity()?.session;
  const now = toInstant(context.world.now());
  return {
    held: blockedTargets(read.state.claims, wanted, session, now),
    yours: ownTargets(read.state.claims, wanted, session, now),
    isKnown: session !== undefined,
  };
}

async function openWithTimeout({ world, globals, own }: Context, isOffline: boolean): Promise<Workplace> {
  const { openWorkplace } = await import("../../app/workplace/workplace.ts");
  const options = hubOptionsOf(globals);
  return own(
    await openWorkplace(world, { ...options, isOffline, seconds: options.seconds ?? HUB_TIMEOUT_SECONDS }),
  );
}
