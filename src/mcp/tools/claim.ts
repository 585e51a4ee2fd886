import type { Named } from "../../app/targets.ts";
import type { Claim } from "../../domain/claims/claim.ts";
import { blockedTargets, claims } from "../../domain/claims/list.ts";
import { framedObject } from "../../domain/values/framed.ts";
import * as z from "../../domain/values/z.ts";
import { wrongCall } from "../../errors.ts";
import type { HubConnection } from "../connection.ts";
import { pack } from "../pack.ts";
import { defineTool, describeWrite, Force } from "../tool.ts";
import { saidBy } from "../untrusted.ts";

/** The bytes of claims in one answer. */
const BUDGET_BYTES = 4000;

const Input = z.strictObject({
  action: z.enum(["claim", "renew", "release", "check"]).check(z.describe("check: who holds")),
  targets: z.optional(z.array(z.string()).check(z.describe("issue-42, ./src/**"))),
  for: z.optional(z.string()),
  note: z.optional(z.string()),
  force: Force,
});
type Input = z.infer<typeof Input>;

/** Returns other sessions' claims on the targets; without targets, all claims. */
async function check(connection: HubConnection, named: Named): Promise<object> {
  const { state, freshness } = await connection.read(["settings", "heartbeats", "claims"]);
  const found = blockedTargets(
    state.claims,
    await connection.scopes(named),
    await connection.knownSession(),
    connection.now,
  );
  const held =
    named.targets.length > 0
      ? found.map(({ target, claim: held }) => ({ target, ...describe(held) }))
      : claims(state, connection.now).map(describe);
  const { described, rest } = pack(held, BUDGET_BYTES, (each) => each);
  const more = rest === 0 ? {} : { more: rest, next: "hive claims" };
  return framedObject({ held: described, ...more, ...freshness });
}

function describe({ key, patterns, project, session, until, note }: Claim): object {
  const quotedNote = note === undefined ? {} : saidBy(session, note, "hive claims --json");
  return { key, patterns, project, session, until, ...quotedNote };
}

async function write(
  connection: HubConnection,
  { action, targets: texts = [], for: time, note, force }: Input,
) {
  if (action === "claim") {
    await connection.refuseAmbiguous(texts);
    const { targets, ...project } = await connection.targets(texts);
    return connection.submit("claim", { patterns: [...targets], ...project, for: time, note }, force);
  }
  const [text, second] = texts;
  if (text === undefined || second !== undefined)
    throw wrongCall(
      `The action ${action} takes exactly one target.`,
      "Give the claim's key, or one of its targets.",
    );
  const { targets, ...project } = await connection.targets([text]);
  const which = { claim: targets[0] ?? "", ...project };
  return action === "renew"
    ? connection.submit("renew", { ...which, for: time })
    : connection.submit("release", { ...which, only: true });
}

export const claim = defineTool({
  name: "claim",
  description: "Reserve work or files before changing them. Also: for (2h), note.",
  isReading: false,
  input: Input,
  async run(connection, given) {
    if (given.action === "check") return check(connection, await connection.targets(given.targets ?? []));
    const written = await write(connection, given);
    const isRelease = given.action === "release";
    const described = describeWrite(written, (result) => {
      const { key, until } = result.claim;
      if (!isRelease) return { key, until };
      const kept = "kept" in result && Array.isArray(result.kept) ? result.kept : [];
      return kept.length > 0 ? { key, until, kept } : { key };
    });
    return written.landed || isRelease
      ? described
      : { ...described, warning: "Not held until it has landed." };
  },
});
