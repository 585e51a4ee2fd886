import type { Claim } from "../../domain/claims/claim.ts";
import {
  type ClaimView,
  claims as claimsView,
  conflicts as conflictsView,
} from "../../domain/claims/list.ts";
import { unknownSession } from "../../domain/sessions/refusals.ts";
import { toInstant } from "../../domain/values/time.ts";
import { RefusedError, wrongCall } from "../../errors.ts";
import type { Command } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { CLAIM, CLAIM_FIELDS } from "../prints.ts";
import { renderClaims, renderConflicts } from "../render/claims.ts";
import { timesOf } from "../render/times.ts";
import { optionText } from "../submit.ts";
import { noteUnregistered } from "../unknown-session.ts";
import { checkClaims } from "./claims-check.ts";

/** A claim, and its holder's presence. */
const HELD = `{${CLAIM_FIELDS}, presence}`;

export const claims: Command = {
  usage: "[check] [key|path...]",
  options: [
    ["--mine", "only your claims"],
    ["--session <session>", "only the claims of this session"],
    ["--conflicts", "only claims of two sessions that overlap, and claims of offline sessions"],
    ["--staged", "check the staged files, for a pre-commit hook; exit code 3 when another session holds one"],
    ["--project <name>", "the project of the paths (the current project)"],
  ],
  examples: [
    "hive claims --mine",
    "hive claims check --staged",
    "hive claims check src/api/routes.ts issue-42",
  ],
  prints: `claims[] ${HELD}; or of --conflicts: conflicts[] {claims[] ${HELD}, overlap[]}, abandoned[] ${HELD}; or of check: checked, held[] {target, pattern, claim ${CLAIM}}, yours?[] {target, pattern, claim ${CLAIM}}, free?[]`,
  async run(context, [action, ...texts], options) {
    if (action === "check") return checkClaims(context, texts, options);
    if (action !== undefined || options.staged === true)
      throw wrongCall(
        `hive claims does not take ${JSON.stringify(action ?? "--staged")}.`,
        `To list all claims: hive claims. To see who holds it: hive claims check ${action ?? "--staged"}`,
      );
    const { world, open } = context;
    const { hive, identity, knownIdentity } = await open();
    const named = optionText(options.session);
    if (named !== undefined && options.mine === true)
      throw wrongCall("--mine and --session exclude each other.", "Give one of them.");
    const mine = options.mine === true ? identity().session : undefined;
    const read = await hive.read(["settings", "sessions", "heartbeats", "claims"]);
    noteReading(context, read);
    if (mine !== undefined) await noteUnregistered(context, hive, mine, read.state.sessions);
    if (named !== undefined && ![...read.state.sessions.keys()].some((id) => id === named))
      throw new RefusedError(unknownSession(named, read.state.sessions.keys()));
    const now = toInstant(world.now());
    const isMine = ({ session }: Claim) => session === (named ?? mine ?? session);
    const held: ClaimView[] = claimsView(read.state, now);
    if (options.conflicts !== true) {
      const shown = held.filter(isMine);
      const text = renderClaims(shown, timesOf(context), knownIdentity()?.session, named ?? (mine && "You"));
      return { json: { claims: shown }, text, id: keysOf(shown) };
    }
    const { conflicts, abandoned } = conflictsView(held);
    const view = {
      conflicts: conflicts.filter((each) => each.claims.some(isMine)),
      abandoned: abandoned.filter(isMine),
    };
    return { json: view, text: renderConflicts(view, timesOf(context)) };
  },
};

function keysOf(shown: readonly Claim[]): string {
  return shown.map(({ key }) => key).join("\n");
}
