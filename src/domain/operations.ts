import type { OperationRule } from "./operation.ts";
import type { Part } from "./snapshot.ts";

/** Every kind of operation, with the import of its rule. A rule is loaded when it is first needed. */
export const OPERATIONS = {
  init: async () => (await import("./maintenance/operations/init.ts")).init,
  workflows: async () => (await import("./maintenance/operations/workflows.ts")).workflows,
  register: async () => (await import("./maintenance/operations/register.ts")).register,
  heartbeat: async () => (await import("./sessions/operations/heartbeat.ts")).heartbeat,
  availability: async () => (await import("./sessions/operations/availability.ts")).availability,
  offer: async () => (await import("./sessions/operations/offer.ts")).offer,
  withdraw: async () => (await import("./sessions/operations/withdraw.ts")).withdraw,
  needs: async () => (await import("./sessions/operations/needs.ts")).needs,
  request: async () => (await import("./requests/operations/request.ts")).request,
  accept: async () => (await import("./requests/operations/accept.ts")).accept,
  start: async () => (await import("./requests/operations/moves.ts")).start,
  complete: async () => (await import("./requests/operations/moves.ts")).complete,
  decline: async () => (await import("./requests/operations/moves.ts")).decline,
  cancel: async () => (await import("./requests/operations/moves.ts")).cancel,
  handoff: async () => (await import("./requests/operations/handoff.ts")).handoff,
  takeover: async () => (await import("./requests/operations/takeover.ts")).takeover,
  reclaim: async () => (await import("./requests/operations/reclaim.ts")).reclaim,
  broadcast: async () => (await import("./messages/operations/broadcast.ts")).broadcast,
  send: async () => (await import("./messages/operations/send.ts")).send,
  reply: async () => (await import("./messages/operations/reply.ts")).reply,
  tell: async () => (await import("./messages/operations/tell.ts")).tell,
  follow: async () => (await import("./messages/operations/attention.ts")).follow,
  mute: async () => (await import("./messages/operations/attention.ts")).mute,
  claim: async () => (await import("./claims/operations/claim.ts")).claim,
  renew: async () => (await import("./claims/operations/renew.ts")).renew,
  release: async () => (await import("./claims/operations/release.ts")).release,
  expire: async () => (await import("./maintenance/operations/expire.ts")).expire,
  retire: async () => (await import("./maintenance/operations/retire.ts")).retire,
  leave: async () => (await import("./maintenance/operations/leave.ts")).leave,
  import: async () => (await import("./maintenance/operations/import.ts")).importSeed,
};
export type Kind = keyof typeof OPERATIONS;
type RuleOf<K extends Kind> = Awaited<ReturnType<(typeof OPERATIONS)[K]>>;

/** The input of a kind of operation, before its schema parses it. */
export type InputOf<K extends Kind> = RuleOf<K>["input"]["_zod"]["input"];

/** The result of a kind of operation that is not refused. */
export type ResultOf<K extends Kind> = Exclude<
  ReturnType<RuleOf<K>["decide"]>,
  { kind: "refusal" }
>["result"];

/** A rule whose kind is known only at run time. */
export type AnyRule = OperationRule<unknown, Part, unknown>;

/** The rule for a kind of operation; undefined when this version does not know the kind. */
export async function loadRule(kind: string): Promise<AnyRule | undefined> {
  if (!Object.hasOwn(OPERATIONS, kind)) return undefined;
  return (await OPERATIONS[kind as keyof typeof OPERATIONS]()) as unknown as AnyRule;
}
