import type { Claim } from "../../domain/claim.ts";
import { scopeOf } from "../../domain/claim-scope.ts";
import { isKey, Target } from "../../domain/claim-target.ts";
import { claims, hindrances } from "../../domain/queries/claims.ts";
import * as z from "../../domain/z.ts";
import type { Desk } from "../desk.ts";
import { NOTICE, saidBy } from "../said.ts";
import { defineTool } from "../tool.ts";
import { shown } from "./shared.ts";

const Input = z.strictObject({
  action: z.enum(["claim", "renew", "release", "check"]),
  targets: z.array(z.string()),
  for: z.optional(z.string()),
  note: z.optional(z.string()),
});
type Input = z.infer<typeof Input>;

/** What is held by others among some targets; without any, everything that is held. */
async function check(desk: Desk, targets: readonly string[], project: string | undefined): Promise<object> {
  const { state, sight } = await desk.read(["settings", "heartbeats", "claims"]);
  if (targets.length === 0) return { held: claims(state, desk.now).map(describe), notice: NOTICE, ...sight };
  const looked = targets.map((text) => {
    const target = Target.parse(text);
    return { target, scope: scopeOf({ patterns: [target], project: isKey(target) ? undefined : project }) };
  });
  const found = hindrances(state.claims, looked, await desk.knownSession(), desk.now);
  return {
    held: found.map((each) => ({ target: each.target, ...describe(each.claim) })),
    notice: NOTICE,
    ...sight,
  };
}

function describe({ key, patterns, project, session, until, note }: Claim): object {
  return { key, patterns, project, session, until, ...(note === undefined ? {} : saidBy(session, note)) };
}

async function write(desk: Desk, { action, targets, for: time, note }: Input, project: string | undefined) {
  if (action === "claim") return desk.submit("claim", { patterns: targets, project, for: time, note });
  const which = { claim: targets[0] ?? "", project };
  return action === "renew" ? desk.submit("renew", { ...which, for: time }) : desk.submit("release", which);
}

export const claim = defineTool({
  name: "claim",
  description:
    "Hold work (a key) or files (paths, globs) for a time before you change them; check says who does.",
  isReading: false,
  input: Input,
  async run(desk, given) {
    const project = given.targets.every(isKey) ? undefined : await desk.project();
    if (given.action === "check") return check(desk, given.targets, project);
    return shown(await write(desk, given, project), ({ claim: { key, until } }) => ({ key, until }));
  },
});
