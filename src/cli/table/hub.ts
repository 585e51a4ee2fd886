import type { Group } from "../command.ts";

export const HUB: Group = {
  heading: "Hub",
  commands: {
    init: {
      summary: "make a hub, on this disk or in a repository of yours",
      seeAlso: ["join", "setup", "doctor"],
      load: async () => (await import("../commands/init.ts")).init,
    },
    join: {
      summary: "join a hub, and use it in this project",
      seeAlso: ["init", "register", "doctor"],
      load: async () => (await import("../commands/join.ts")).join,
    },
    unjoin: {
      summary: "make this project forget its hub",
      seeAlso: ["join", "leave"],
      load: async () => (await import("../commands/unjoin.ts")).unjoin,
    },
    dashboard: {
      summary: "write a page that shows the whole hub to a person",
      seeAlso: ["top", "metrics", "log"],
      load: async () => (await import("../commands/dashboard.ts")).dashboard,
    },
    top: {
      summary: "show the whole hub in the terminal, as it changes",
      seeAlso: ["dashboard", "watch", "sync"],
      load: async () => (await import("../commands/top.ts")).top,
    },
    log: {
      summary: "show what happened in the hub, newest first",
      seeAlso: ["watch", "search"],
      load: async () => (await import("../commands/log.ts")).log,
    },
    watch: {
      summary: "show what happens in the hub, as it happens",
      seeAlso: ["log", "wait"],
      load: async () => (await import("../commands/watch.ts")).watch,
    },
    wait: {
      summary: "wait for an answer, a message or a session",
      seeAlso: ["watch", "inbox"],
      load: async () => (await import("../commands/wait.ts")).wait,
    },
    outbox: {
      summary: "list the writes that this host has not sent, and why",
      seeAlso: ["sync", "doctor"],
      load: async () => (await import("../commands/outbox.ts")).outbox,
    },
    doctor: {
      summary: "check the setup here, and say what to do next",
      seeAlso: ["validate", "outbox", "setup"],
      load: async () => (await import("../commands/doctor.ts")).doctor,
    },
    validate: {
      summary: "check every file of a hub, and who changed what",
      seeAlso: ["doctor", "expire"],
      load: async () => (await import("../commands/validate.ts")).validate,
    },
    expire: {
      summary: "mark silent sessions offline, and end what is overdue",
      seeAlso: ["retire", "validate"],
      load: async () => (await import("../commands/expire.ts")).expire,
    },
    import: {
      summary: "import the files of the old bash tools",
      seeAlso: ["init", "validate"],
      load: async () => (await import("../commands/import.ts")).importCommand,
    },
  },
};
