import type { Group } from "../command.ts";

export const SESSIONS: Group = {
  heading: "Sessions",
  commands: {
    register: {
      summary: "register a session: profile, registry entry and first heartbeat",
      load: async () => (await import("../commands/register.ts")).register,
    },
    sync: {
      summary: "every session: presence, role, current work; and what waits for you",
      load: async () => (await import("../commands/sync.ts")).sync,
    },
    whoami: {
      summary: "which session acts here, and on which hub",
      load: async () => (await import("../commands/whoami.ts")).whoami,
    },
    status: {
      summary: "say what you are doing, and until when",
      load: async () => (await import("../commands/status.ts")).status,
    },
    heartbeat: {
      summary: "say that the session is alive, and what it does",
      load: async () => (await import("../commands/heartbeat.ts")).heartbeat,
    },
  },
};
