import { type Kind, loadRule } from "../domain/operations.ts";
import type { Refusal } from "../domain/refusal.ts";

/**
 * Whether an operation has a text of its author, which is searched for secrets. An import has the texts of other tools,
 * as they are, and `hive validate` finds secrets in it afterwards.
 */
const HAS_TEXT: Readonly<Record<Kind, boolean>> = {
  init: false,
  workflows: false,
  register: true,
  heartbeat: true,
  availability: false,
  offer: true,
  withdraw: false,
  needs: true,
  request: true,
  accept: true,
  start: true,
  complete: true,
  decline: true,
  cancel: true,
  handoff: true,
  takeover: false,
  reclaim: true,
  leave: true,
  broadcast: true,
  send: true,
  reply: true,
  tell: true,
  follow: false,
  mute: false,
  claim: true,
  renew: false,
  release: false,
  expire: false,
  retire: false,
  import: false,
};

/**
 * Returns the refusal of an operation whose text looks like it has a secret; undefined for any other. Throws ZodError on
 * input that its schema refuses, because what is wrong with the input is told first.
 */
export async function refusalOfSecret(kind: Kind, input: unknown): Promise<Refusal | undefined> {
  if (!HAS_TEXT[kind]) return undefined;
  (await loadRule(kind))?.input.parse(input);
  // Loaded here, because most commands only read.
  const { secretsInValue } = await import("../domain/secrets/in-values.ts");
  const [found] = secretsInValue(input);
  if (found === undefined) return undefined;
  const { looksSecret } = await import("../domain/secrets/refusals.ts");
  const { key, text, secret } = found;
  const before = text.slice(0, secret.start).split("\n");
  const column = (before.at(-1)?.length ?? 0) + 1;
  return looksSecret({ field: key.join("."), line: before.length, column, rule: secret.rule });
}
