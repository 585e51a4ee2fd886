import type { Group } from "../command.ts";

export const SKILLS_AND_TIME: Group = {
  heading: "Skills and time",
  commands: {
    match: {
      summary: "rank the sessions that fit a task, and say why",
      seeAlso: ["find-help", "need"],
      load: async () => (await import("../commands/match.ts")).match,
    },
    "find-help": {
      summary: "find the sessions that offer a capability",
      seeAlso: ["match", "skills", "need"],
      load: async () => (await import("../commands/find-help.ts")).findHelp,
    },
    skills: {
      summary: "list the skills that sessions offer and need",
      seeAlso: ["offer", "find-help"],
      load: async () => (await import("../commands/skills.ts")).skills,
    },
    offer: {
      summary: "offer a skill, for as long as you say",
      seeAlso: ["withdraw", "skills"],
      load: async () => (await import("../commands/offer.ts")).offer,
    },
    withdraw: {
      summary: "stop offering a skill",
      seeAlso: ["offer", "skills"],
      load: async () => (await import("../commands/withdraw.ts")).withdraw,
    },
    availability: {
      summary: "show when sessions work, or set your own hours",
      seeAlso: ["pause", "status"],
      load: async () => (await import("../commands/availability.ts")).availability,
    },
    pause: {
      summary: "tell the others that you take no work for now",
      seeAlso: ["status", "availability"],
      load: async () => (await import("../commands/pause.ts")).pause,
    },
    resume: {
      summary: "end your pause: you are active again",
      seeAlso: ["pause", "status"],
      load: async () => (await import("../commands/pause.ts")).resume,
    },
  },
};
