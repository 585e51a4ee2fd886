import type { Group } from "../command.ts";

export const REQUESTS: Group = {
  heading: "Requests",
  commands: {
    request: {
      summary: "ask a session for help",
      aliases: ["ask"],
      seeAlso: ["need", "match", "wait", "inbox"],
      load: async () => (await import("../commands/request.ts")).request,
    },
    need: {
      summary: "ask all sessions with a skill; the first to accept wins",
      seeAlso: ["match", "find-help", "request", "needs"],
      load: async () => (await import("../commands/need.ts")).need,
    },
    accept: {
      summary: "accept a request that waits for you",
      seeAlso: ["start", "decline", "complete"],
      load: async () => (await import("../commands/accept.ts")).accept,
    },
    decline: {
      summary: "decline a request that waits for you",
      seeAlso: ["accept", "handoff"],
      load: async () => (await import("../commands/moves.ts")).decline,
    },
    start: {
      summary: "mark a request you accepted as started",
      seeAlso: ["complete", "status"],
      load: async () => (await import("../commands/moves.ts")).start,
    },
    complete: {
      summary: "complete a request you accepted",
      seeAlso: ["handoff", "reply"],
      load: async () => (await import("../commands/moves.ts")).complete,
    },
    cancel: {
      summary: "cancel a request you made",
      seeAlso: ["request", "inbox"],
      load: async () => (await import("../commands/moves.ts")).cancel,
    },
    handoff: {
      summary: "hand your work to another session, with its context",
      seeAlso: ["takeover", "complete"],
      load: async () => (await import("../commands/handoff.ts")).handoff,
    },
    takeover: {
      summary: "take over the open work of a silent session",
      seeAlso: ["handoff", "reclaim", "sync"],
      load: async () => (await import("../commands/takeover.ts")).takeover,
    },
    reclaim: {
      summary: "take a request back from a session that is gone",
      seeAlso: ["takeover", "cancel"],
      load: async () => (await import("../commands/reclaim.ts")).reclaim,
    },
    metrics: {
      summary: "show how many requests get done, how fast, and by whom",
      seeAlso: ["log", "sync"],
      load: async () => (await import("../commands/metrics.ts")).metrics,
    },
  },
};
