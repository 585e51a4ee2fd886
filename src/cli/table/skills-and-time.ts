import type { Group } from "../command.ts";

export const SKILLS_AND_TIME: Group = {
  heading: "Skills and time",
  commands: {
    match: {
      summary: "which session fits a task best, and why",
      load: async () => (await import("../commands/match.ts")).match,
    },
    "find-help": {
      summary: "who offers a capability",
      load: async () => (await import("../commands/find-help.ts")).findHelp,
    },
    skills: {
      summary: "the market: who offers what, what they completed, and what is needed",
      load: async () => (await import("../commands/skills.ts")).skills,
    },
    offer: {
      summary: "offer a skill, with a note and an end if you like",
      load: async () => (await import("../commands/offer.ts")).offer,
    },
    withdraw: {
      summary: "offer a skill no more",
      load: async () => (await import("../commands/withdraw.ts")).withdraw,
    },
    availability: {
      summary: "who is there when; set: when you are",
      load: async () => (await import("../commands/availability.ts")).availability,
    },
    pause: {
      summary: "say that you take nothing for now, and until when",
      load: async () => (await import("../commands/pause.ts")).pause,
    },
  },
};
