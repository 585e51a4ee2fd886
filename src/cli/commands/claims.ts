import type { Claim } from "../../domain/claims/claim.ts";
import {
  type ClaimView,
  claims as claimsView,
  conflicts as conflictsView,
} from "../../domain/claims/list.ts";
import { toInstant } from "../../domain/values/time.ts";
import { wrongCall } from "../../errors.ts";
import type { Command } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { CLAIM, CLAIM_FIELDS } from "../prints.ts";
import { renderClaims, renderConflicts } from "../render/claims.ts";
import { checkClaims } from "./claims-check.ts";

/** A claim, and whether its holder is there. */
const HELD = `{${CLAIM_FIELDS}, presence}`;

export const claims: Command = {
  usage: "[check] [key|path...]",
  options: [
    ["--mine", "only what you hold"],
    ["--conflicts", "only what two sessions hold at once, and what is held by one that is offline"],
    ["--staged", "check the files of the next commit, for a pre-commit hook; exit 3 when another holds one"],
    ["--project <name>", "the project the paths lie in (the one you stand in)"],
  ],
  examples: [
    "hive claims --mine",
    "hive claims check --staged",
    "hive claims check src/api/routes.ts issue-42",
  ],
  prints: `claims[] ${HELD}; or of --conflicts: conflicts[] {claims[] ${HELD}, overlap[]}, abandoned[] ${HELD}; or of check: checked, held[] {target, pattern, claim ${CLAIM}}`,
  async run(context, [act, ...texts], options) {
    if (act === "check") return checkClaims(context, texts, options);
    if (act !== undefined || options.staged === true)
      throw wrongCall(
        "That is nothing one asks of claims.",
        "As in: hive claims, or hive claims check --staged",
      );
    const { world, open } = context;
    const { hive, identity } = await open();
    const mine = options.mine === true ? identity().session : undefined;
    const read = await hive.read(["settings", "heartbeats", "claims"]);
    noteReading(context, read);
    const now = toInstant(world.now());
    const isMine = ({ session }: Claim) => mine === undefined || session === mine;
    const held: ClaimView[] = claimsView(read.state, now);
    if (options.conflicts !== true) {
      const shown = held.filter(isMine);
      return { json: { claims: shown }, text: renderClaims(shown, now), id: keysOf(shown) };
    }
    const { conflicts, abandoned } = conflictsView(held);
    const view = {
      conflicts: conflicts.filter((each) => each.claims.some(isMine)),
      abandoned: abandoned.filter(isMine),
    };
    return { json: view, text: renderConflicts(view) };
  },
};

function keysOf(shown: readonly Claim[]): string {
  return shown.map(({ key }) => key).join("\n");
}
