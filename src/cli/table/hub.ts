import type { Group } from "../command.ts";

export const HUB: Group = {
  heading: "Hub",
  commands: {
    init: {
      summary: "make a hub: embedded on this disk, or in a repository of yours",
      load: async () => (await import("../commands/init.ts")).init,
    },
    join: {
      summary: "join a hub, and make it this project's",
      load: async () => (await import("../commands/join.ts")).join,
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
    outbox: {
      summary: "what this host has yet to send, and why",
      load: async () => (await import("../commands/outbox.ts")).outbox,
    },
    doctor: {
      summary: "what is well here and what is not, and the next step",
      load: async () => (await import("../commands/doctor.ts")).doctor,
    },
    validate: {
      summary: "check every file of a hub, and who changed what",
      load: async () => (await import("../commands/validate.ts")).validate,
    },
    expire: {
      summary: "write down what time has done: who is offline, what expired, ended or lapsed",
      load: async () => (await import("../commands/expire.ts")).expire,
    },
    import: {
      summary: "bring in what the old bash tools left",
      load: async () => (await import("../commands/import.ts")).importCommand,
    },
  },
};
