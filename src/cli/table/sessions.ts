import type { Commands } from "../command.ts";

/** Who takes part, and when. */
export const SESSIONS: Commands = {
  init: {
    summary: "make a hub: embedded on this disk, or in a repository of yours",
    load: async () => (await import("../commands/init.ts")).init,
  },
  join: {
    summary: "join a hub, and make it this project's",
    load: async () => (await import("../commands/join.ts")).join,
  },
  register: {
    summary: "register a session: profile, registry entry and first heartbeat",
    load: async () => (await import("../commands/register.ts")).register,
  },
  whoami: {
    summary: "which session acts here, and on which hub",
    load: async () => (await import("../commands/whoami.ts")).whoami,
  },
  heartbeat: {
    summary: "say that the session is alive, and what it does",
    load: async () => (await import("../commands/heartbeat.ts")).heartbeat,
  },
  status: {
    summary: "say what you are doing, and until when",
    load: async () => (await import("../commands/status.ts")).status,
  },
  pause: {
    summary: "say that you take nothing for now, and until when",
    load: async () => (await import("../commands/pause.ts")).pause,
  },
  availability: {
    summary: "who is there when; set: when you are",
    load: async () => (await import("../commands/availability.ts")).availability,
  },
  sync: {
    summary: "every session: presence, role, current work; and what waits for you",
    load: async () => (await import("../commands/sync.ts")).sync,
  },
};
