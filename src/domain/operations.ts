/** Every kind of operation and where its rule lies; a rule is loaded when it is first needed. */
export const OPERATIONS = {
  init: async () => (await import("./init.ts")).init,
  workflows: async () => (await import("./workflows.ts")).workflows,
  register: async () => (await import("./register.ts")).register,
  heartbeat: async () => (await import("./heartbeat.ts")).heartbeat,
  availability: async () => (await import("./availability.ts")).availability,
  offer: async () => (await import("./offer.ts")).offer,
  withdraw: async () => (await import("./withdraw.ts")).withdraw,
  request: async () => (await import("./request.ts")).request,
  accept: async () => (await import("./accept.ts")).accept,
  start: async () => (await import("./moves.ts")).start,
  complete: async () => (await import("./moves.ts")).complete,
  decline: async () => (await import("./moves.ts")).decline,
  cancel: async () => (await import("./moves.ts")).cancel,
  handoff: async () => (await import("./handoff.ts")).handoff,
  takeover: async () => (await import("./takeover.ts")).takeover,
  broadcast: async () => (await import("./broadcast.ts")).broadcast,
  send: async () => (await import("./send.ts")).send,
  reply: async () => (await import("./reply.ts")).reply,
  follow: async () => (await import("./attention.ts")).follow,
  mute: async () => (await import("./attention.ts")).mute,
  claim: async () => (await import("./claim.ts")).claim,
  renew: async () => (await import("./renew.ts")).renew,
  release: async () => (await import("./release.ts")).release,
  expire: async () => (await import("./expire.ts")).expire,
  import: async () => (await import("./import.ts")).importSeed,
};
export type Kind = keyof typeof OPERATIONS;
type RuleOf<K extends Kind> = Awaited<ReturnType<(typeof OPERATIONS)[K]>>;

/** What a kind of operation takes, as its schema reads it. */
export type InputOf<K extends Kind> = RuleOf<K>["input"]["_zod"]["input"];

/** What a kind of operation answers when it is not refused. */
export type ResultOf<K extends Kind> = Exclude<
  ReturnType<RuleOf<K>["decide"]>,
  { kind: "refusal" }
>["result"];
