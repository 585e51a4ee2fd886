import type { Commands } from "../command.ts";

/** What happened, and what happens. */
export const RECORD: Commands = {
  metrics: {
    summary: "how requests go: how many, how fast, how many get done, and who has them",
    load: async () => (await import("../commands/metrics.ts")).metrics,
  },
  log: {
    summary: "what happened in the hub, newest first",
    load: async () => (await import("../commands/log.ts")).log,
  },
  watch: {
    summary: "what happens in the hub, as it lands",
    load: async () => (await import("../commands/watch.ts")).watch,
  },
  wait: {
    summary: "wait until a request is answered, a message comes, or a session is there",
    load: async () => (await import("../commands/wait.ts")).wait,
  },
};
