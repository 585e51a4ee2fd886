import { readTargets } from "../../app/targets.ts";
import type { Command, Context, Options } from "../command.ts";
import { CLAIM, writes } from "../prints.ts";
import { describeTargets } from "../render/claims.ts";
import { timesOf } from "../render/times.ts";
import { optionText, submit } from "../submit.ts";
import { withWarning } from "./claim.ts";

const CLAIM_OPTIONS = [
  ["--claim <id>", "only the claim with this claim_id, not a later claim with the same key"],
  ["--project <name>", "the project of the path (the current project)"],
] as const;

export const renew: Command = {
  usage: "<key|path>",
  options: [
    ["--for <duration>", "how long from now, such as 30m, 2h or 3d; at most 7d (2h)"],
    ...CLAIM_OPTIONS,
  ],
  examples: ["hive renew issue-42", "hive renew 'src/api/**' --for 4h"],
  undo: "hive release <key|path>",
  prints: writes(`claim ${CLAIM}`),
  async run(context, [text = ""], options) {
    const input = { ...(await claimInput(context, text, options)), for: optionText(options.for) };
    const answer = await submit(context, await context.open(), "renew", input, ({ claim }) => ({
      text: `Yours ${timesOf(context).until(claim.until)}: ${describeTargets(claim)}.`,
      id: claim.key,
    }));
    return withWarning(answer);
  },
};

export const release: Command = {
  usage: "<key|path>",
  options: CLAIM_OPTIONS,
  examples: ["hive release issue-42", "hive release 'src/api/**'"],
  undo: "hive claim <key|path>, unless another session has claimed it since",
  prints: writes(`claim ${CLAIM}`),
  async run(context, [text = ""], options) {
    const input = await claimInput(context, text, options);
    return submit(context, await context.open(), "release", input, ({ claim }) => ({
      text: `Released: ${describeTargets(claim)}.`,
      id: claim.key,
    }));
  },
};

async function claimInput({ world }: Context, text: string, options: Options) {
  const { targets, ...named } = await readTargets(world, [text], optionText(options.project));
  return { claim: targets[0] ?? "", ...named, claim_id: optionText(options.claim) };
}
