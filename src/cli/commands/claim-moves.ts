import { readTargets } from "../../app/targets.ts";
import { sortClaims } from "../../domain/claims/overlap.ts";
import { isKey } from "../../domain/claims/target.ts";
import { RefusedError, wrongCall } from "../../errors.ts";
import type { Command, CommandAnswer, Context, Options } from "../command.ts";
import { endOptions, leaseOf } from "../input/times.ts";
import { CLAIM, writes } from "../prints.ts";
import { describeTargets } from "../render/claims.ts";
import { timesOf } from "../render/times.ts";
import { optionText, submit } from "../submit.ts";
import { withWarning } from "./claim.ts";

/** How many more claims an operation names. */
const MAX_NAMED = 100;

const CLAIM_OPTIONS = [
  ["--claim <id>", "only the claim with this claim_id, not a later claim with the same key"],
  ["--project <name>", "the project of the path (the current project)"],
] as const;

export const renew: Command = {
  usage: "<key|path>",
  options: [...endOptions("the claim ends, at most 7 days from now", "2 hours from now"), ...CLAIM_OPTIONS],
  examples: ["hive renew issue-42", "hive renew 'src/api/**' --for 4h"],
  undo: "hive release <key|path>",
  prints: writes(`claim ${CLAIM}`),
  async run(context, [text = ""], options) {
    const input = {
      ...(await claimInput(context, [text], options)),
      ...(await leaseOf(context.world, options)),
    };
    const workplace = await context.open();
    const answer = await namingFromHere(context, () =>
      submit(context, workplace, "renew", input, ({ claim }) => ({
        text: `Yours ${timesOf(context).until(claim.until)}: ${describeTargets(claim)}.`,
        id: claim.key,
      })),
    );
    return withWarning(answer);
  },
};

export const release: Command = {
  usage: "[key|path...]",
  options: [
    ["--all", "free all of the claim that holds it; without a target, all that you hold"],
    ...CLAIM_OPTIONS,
  ],
  notes: [
    "Frees only what you name, and the rest of its claim stays yours; --all frees all of it.",
    "Of several, all are released or none.",
  ],
  examples: [
    "hive release issue-42",
    "hive release 'src/api/**' docs/a.md",
    "hive release package.json --all",
    "hive release --all",
  ],
  prints: `op?, commit?, landed?, result? {claim? ${CLAIM}, claims[] ${CLAIM}, released[], kept[]}`,
  undo: "hive claim <key|path>, unless another session has claimed it since",
  async run(context, texts, options) {
    if (texts.length === 0) return releaseEvery(context, options);
    const only = options.all === true ? {} : { only: true as const };
    const input = { ...(await claimInput(context, texts, options)), ...only };
    const workplace = await context.open();
    const free = () =>
      submit(context, workplace, "release", input, ({ claims, released, kept }) => {
        const project = released.every(isKey)
          ? undefined
          : claims.find((each) => each.project !== undefined)?.project;
        const left = claims.filter(({ patterns }) => patterns.some((each) => kept.includes(each)));
        return {
          text: [
            `Released: ${describeTargets({ project, patterns: released })}.`,
            ...left.map((each) => `Still yours until ${each.until}: ${describeTargets(each)}.`),
          ].join("\n"),
          id: claims.map(({ key }) => key).join("\n"),
        };
      });
    return namingFromHere(context, free);
  },
};

/** Frees all claims of the author with --all. Throws HiveError without it. */
async function releaseEvery(context: Context, options: Options): Promise<CommandAnswer> {
  if (options.all !== true || options.claim !== undefined)
    throw wrongCall(
      "No claim is named: hive release <key|path...>.",
      "See your claims: hive claims --mine. All that you hold: hive release --all",
    );
  const workplace = await context.open();
  const { session } = workplace.identity();
  const { state } = await workplace.hive.read(["claims"]);
  const [claim, ...also] = sortClaims(state.claims)
    .filter((each) => each.session === session)
    .map(({ key }) => key);
  if (claim === undefined) {
    const result = { claims: [], released: [], kept: [] };
    return { json: { result }, text: "You hold no claim. List all claims: hive claims" };
  }
  const input = { claim, also: also.slice(0, MAX_NAMED), every: true as const };
  return submit(context, workplace, "release", input, ({ claims }) => ({
    text: claims.map((each) => `Released: ${describeTargets(each)}.`).join("\n"),
    id: claims.map(({ key }) => key).join("\n"),
  }));
}

/** Runs a call of which a refusal may name paths from the project's root, and names them so that they work here. Throws RefusedError. */
async function namingFromHere<Value>({ world }: Context, call: () => Promise<Value>): Promise<Value> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof RefusedError) || error.refusal.code !== "unknown_claim") throw error;
    const { findProject, realPath } = await import("../../app/workplace/project.ts");
    if (realPath(world.directory) === findProject(world.directory).root) throw error;
    const hint = error.refusal.hint.replaceAll(/(?<= )'(?=[^ ])/g, "':/");
    throw new RefusedError({ ...error.refusal, hint });
  }
}

async function claimInput({ world }: Context, texts: readonly string[], options: Options) {
  const { targets, ...named } = await readTargets(world, texts, optionText(options.project));
  const [claim = "", ...also] = targets;
  return { claim, ...(also.length > 0 ? { also } : {}), ...named, claim_id: optionText(options.claim) };
}
