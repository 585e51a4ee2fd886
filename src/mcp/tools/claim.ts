import { type Named, scopesOf } from "../../app/targets.ts";
import type { Claim } from "../../domain/claims/claim.ts";
import { claims, blockedTargets } from "../../domain/claims/list.ts";
import * as z from "../../domain/values/z.ts";
import { wrongCall } from "../../errors.ts";
import type { HubConnection } from "../connection.ts";
import { pack } from "../pack.ts";
import { defineTool, shown } from "../tool.ts";
import { NOTICE, saidBy } from "../untrusted.ts";

/** Bytes of claims in one answer. */
const BUDGET = 4000;

const Input = z.strictObject({
  action: z.enum(["claim", "renew", "release", "check"]),
  targets: z.array(z.string()),
  for: z.optional(z.string()),
  note: z.optional(z.string()),
});
type Input = z.infer<typeof Input>;

/** What is held by others among some targets; without any, everything that is held. */
async function check(connection: HubConnection, named: Named): Promise<object> {
  const { state, freshness } = await connection.read(["settings", "heartbeats", "claims"]);
  const found = blockedTargets(state.claims, scopesOf(named), await connection.knownSession(), connection.now);
  const held =
    named.targets.length > 0
      ? found.map(({ target, claim: held }) => ({ target, ...describe(held) }))
      : claims(state, connection.now).map(describe);
  const { described, rest } = pack(held, BUDGET, (each) => each);
  const more = rest === 0 ? {} : { more: rest, next: "hive claims" };
  return { held: described, ...more, notice: NOTICE, ...freshness };
}

function describe({ key, patterns, project, session, until, note }: Claim): object {
  const said = note === undefined ? {} : saidBy(session, note, "hive claims --json");
  return { key, patterns, project, session, until, ...said };
}

async function write(connection: HubConnection, { action, targets: texts, for: time, note }: Input) {
  if (action === "claim") {
    await connection.refuseDoubtful(texts);
    const { targets, project } = await connection.targets(texts);
    return connection.submit("claim", { patterns: [...targets], project, for: time, note });
  }
  const [text, second] = texts;
  if (text === undefined || second !== undefined)
    throw wrongCall(
      `To ${action}, one target is named.`,
      "Name the claim by its key, or by one of its targets.",
    );
  const { targets, project } = await connection.targets([text]);
  const which = { claim: targets[0] ?? "", project };
  return action === "renew"
    ? connection.submit("renew", { ...which, for: time })
    : connection.submit("release", which);
}

export const claim = defineTool({
  name: "claim",
  description:
    "Hold work (a key, as issue-42) or files (src/**) for a time (2h) before you change them; check says who holds some, or, of none, all there is.",
  isReading: false,
  input: Input,
  async run(connection, given) {
    if (given.action === "check") return check(connection, await connection.targets(given.targets));
    const written = await write(connection, given);
    const isRelease = given.action === "release";
    const told = shown(written, ({ claim: { key, until } }) => (isRelease ? { key } : { key, until }));
    return written.landed || isRelease ? told : { ...told, warning: "Not held until it has landed." };
  },
});
