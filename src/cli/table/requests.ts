import type { Group } from "../command.ts";

export const REQUESTS: Group = {
  heading: "Requests",
  commands: {
    request: {
      summary: "ask a session for help: a tracked request and a message",
      load: async () => (await import("../commands/request.ts")).request,
    },
    need: {
      summary: "ask whoever offers a skill: the first to accept has it",
      load: async () => (await import("../commands/need.ts")).need,
    },
    accept: {
      summary: "accept a request that waits for you",
      load: async () => (await import("../commands/accept.ts")).accept,
    },
    decline: {
      summary: "decline a request that waits for you",
      load: async () => (await import("../commands/moves.ts")).decline,
    },
    start: {
      summary: "say that you have started on an accepted request",
      load: async () => (await import("../commands/moves.ts")).start,
    },
    complete: {
      summary: "complete a request you accepted",
      load: async () => (await import("../commands/moves.ts")).complete,
    },
    cancel: {
      summary: "cancel a request you made",
      load: async () => (await import("../commands/moves.ts")).cancel,
    },
    handoff: {
      summary: "hand work over with all that is known of it",
      load: async () => (await import("../commands/handoff.ts")).handoff,
    },
    takeover: {
      summary: "take over what a session that is offline accepted and has not ended",
      load: async () => (await import("../commands/takeover.ts")).takeover,
    },
    metrics: {
      summary: "how requests go: how many, how fast, how many get done, and who has them",
      load: async () => (await import("../commands/metrics.ts")).metrics,
    },
  },
};
