import { readTargets, scopesOf } from "../../app/targets.ts";
import type { Workplace } from "../../app/workplace/workplace.ts";
import { onlyPath } from "../../domain/claims/glob/glob.ts";
import { type BlockedTarget, blockedTargets } from "../../domain/claims/list.ts";
import type { Scope } from "../../domain/claims/overlap.ts";
import { toInstant } from "../../domain/values/time.ts";
import { HiveError, wrongCall } from "../../errors.ts";
import type { CommandAnswer, Context, Options } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { noteReading } from "../freshness.ts";
import { hubOptionsOf } from "../input/hub-options.ts";
import { renderHindrances } from "../render/claims.ts";
import { optionText } from "../submit.ts";

/** How long a commit may wait for the hub's word before it is stopped, in seconds. */
const PATIENCE = 5;

type Looked = { readonly target: string; readonly scope: Scope };

/**
 * Says whether another session holds what is named or staged; exit 3 where one does. Claims are advice: where the hub
 * cannot be read, or there is none, nothing is in the way.
 */
export async function checkClaims(
  context: Context,
  texts: readonly string[],
  options: Options,
): Promise<CommandAnswer> {
  const isStaged = options.staged === true;
  if (isStaged === texts.length > 0)
    throw wrongCall(
      "Say what to check.",
      "As in: hive claims check --staged, or hive claims check src/api/routes.ts",
    );
  const told = optionText(options.project);
  try {
    const wanted = isStaged
      ? await stagedTargets(context, told)
      : scopesOf(await readTargets(context.world, texts, told));
    const { held, isKnown } = await look(context, wanted, isStaged);
    return {
      json: { checked: wanted.length, held },
      text: renderHindrances(held, isKnown),
      id: held.map(({ target }) => target).join("\n"),
      exit: held.length > 0 ? EXIT.refused : EXIT.done,
    };
  } catch (error) {
    if (!(error instanceof HiveError) || (error.failure === "usage" && error.code !== "no_hub")) throw error;
    context.io.note(`Claims were not checked. ${error.message}`);
    return { json: { checked: 0, held: [] }, text: "" };
  }
}

async function stagedTargets({ world }: Context, told: string | undefined): Promise<Looked[]> {
  const { stagedAt } = await import("../../app/workplace/project.ts");
  const { project } = await readTargets(world, ["."], told);
  return (await stagedAt(world)).map((path) => ({
    target: path,
    scope: { keys: new Set(), project, files: [{ target: path, glob: onlyPath(path.normalize("NFC")) }] },
  }));
}

/**
 * A commit is held up by nothing but a claim, so its files are looked up in what this host last saw; only where one is
 * held there, the hub is asked whether it still is.
 */
async function look(context: Context, wanted: readonly Looked[], isStaged: boolean) {
  const isOffline = context.globals.offline === true;
  const seen = await lookOnce(context, wanted, isOffline || isStaged);
  return isOffline || !isStaged || seen.held.length === 0 ? seen : lookOnce(context, wanted, false);
}

async function lookOnce(
  context: Context,
  wanted: readonly Looked[],
  isOffline: boolean,
): Promise<{ held: BlockedTarget[]; isKnown: boolean }> {
  const { hive, knownIdentity } = await openPatiently(context, isOffline);
  const read = await hive.read(["claims"]);
  noteReading(context, read);
  const session = knownIdentity()?.session;
  const held = blockedTargets(read.state.claims, wanted, session, toInstant(context.world.now()));
  return { held, isKnown: session !== undefined };
}

async function openPatiently({ world, globals, own }: Context, isOffline: boolean): Promise<Workplace> {
  const { openWorkplace } = await import("../../app/workplace/workplace.ts");
  const options = hubOptionsOf(globals);
  return own(await openWorkplace(world, { ...options, isOffline, seconds: options.seconds ?? PATIENCE }));
}
