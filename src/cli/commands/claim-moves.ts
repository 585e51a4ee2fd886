import { readTargets } from "../../app/targets.ts";
import type { Command, Context, Options } from "../command.ts";
import { CLAIM, writes } from "../prints.ts";
import { aboutOf } from "../render/claims.ts";
import { optionText, submit } from "../submit.ts";
import { withWarning } from "./claim.ts";

const WHICH = [
  ["--claim <id>", "only the claim of this id (claim_id), and none that was made after it"],
  ["--project <name>", "the project the path lies in (the one you stand in)"],
] as const;

export const renew: Command = {
  usage: "<key|path>",
  options: [["--for <duration>", "how long from now on, as 30m, 2h or 3d; 7d at most (2h)"], ...WHICH],
  examples: ["hive renew issue-42", "hive renew 'src/api/**' --for 4h"],
  prints: writes(`claim ${CLAIM}`),
  async run(context, [text = ""], options) {
    const input = { ...(await whichOf(context, text, options)), for: optionText(options.for) };
    const answer = await submit(context, await context.open(), "renew", input, ({ claim }) => ({
      text: `Yours until ${claim.until}: ${aboutOf(claim)}.`,
      id: claim.key,
    }));
    return withWarning(answer);
  },
};

export const release: Command = {
  usage: "<key|path>",
  options: WHICH,
  examples: ["hive release issue-42", "hive release 'src/api/**'"],
  prints: writes(`claim ${CLAIM}`),
  async run(context, [text = ""], options) {
    const input = await whichOf(context, text, options);
    return submit(context, await context.open(), "release", input, ({ claim }) => ({
      text: `Free: ${aboutOf(claim)}.`,
      id: claim.key,
    }));
  },
};

async function whichOf({ world }: Context, text: string, options: Options) {
  const { targets, project } = await readTargets(world, [text], optionText(options.project));
  return { claim: targets[0] ?? "", project, claim_id: optionText(options.claim) };
}
