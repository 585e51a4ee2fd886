import type { Group } from "../command.ts";

export const SESSIONS: Group = {
  heading: "Sessions",
  commands: {
    register: {
      summary: "register a session with its role and its skills",
      seeAlso: ["whoami", "status", "offer", "retire"],
      load: async () => (await import("../commands/register.ts")).register,
    },
    sync: {
      summary: "list the sessions, and show what waits for you",
      aliases: ["ls", "who"],
      seeAlso: ["inbox", "claims", "log"],
      load: async () => (await import("../commands/sync.ts")).sync,
    },
    whoami: {
      summary: "show which session acts here, and on which hub",
      seeAlso: ["register", "doctor"],
      load: async () => (await import("../commands/whoami.ts")).whoami,
    },
    status: {
      summary: "tell the others what you work on, and until when",
      seeAlso: ["pause", "heartbeat", "availability"],
      load: async () => (await import("../commands/status.ts")).status,
    },
    needs: {
      summary: "ask your human, or list who waits for theirs",
      seeAlso: ["tell", "need", "wait"],
      load: async () => (await import("../commands/needs.ts")).needs,
    },
    tell: {
      summary: "answer a session as its human",
      seeAlso: ["needs", "send", "publish"],
      load: async () => (await import("../commands/tell.ts")).tell,
    },
    heartbeat: {
      summary: "tell the others that the session is alive",
      seeAlso: ["status", "expire"],
      load: async () => (await import("../commands/heartbeat.ts")).heartbeat,
    },
    leave: {
      summary: "go offline, and give back what you hold",
      seeAlso: ["status", "retire"],
      load: async () => (await import("../commands/leave.ts")).leave,
    },
    retire: {
      summary: "take sessions that are gone out of the hub",
      seeAlso: ["expire", "sync"],
      load: async () => (await import("../commands/retire.ts")).retire,
    },
  },
};
