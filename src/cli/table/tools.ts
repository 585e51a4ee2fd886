import type { Group } from "../command.ts";

export const TOOLS: Group = {
  heading: "Tools and automation",
  commands: {
    setup: {
      summary: "connect a coding tool, so that its sessions take part",
      seeAlso: ["prime", "mcp", "doctor"],
      load: async () => (await import("../commands/setup.ts")).setup,
    },
    prime: {
      summary: "tell an agent how to work with the other sessions",
      seeAlso: ["setup", "sync"],
      load: async () => (await import("../commands/prime.ts")).prime,
    },
    mcp: {
      summary: "serve the Model Context Protocol on stdin and stdout",
      seeAlso: ["setup", "prime"],
      load: async () => (await import("../commands/mcp.ts")).mcp,
    },
    publish: {
      summary: "post broadcasts, urgent requests and who waits as issues",
      seeAlso: ["broadcast", "comment"],
      load: async () => (await import("../commands/publish.ts")).publish,
    },
    completion: {
      summary: "print the completion script of bash, zsh or fish",
      seeAlso: ["setup"],
      load: async () => (await import("../commands/completion.ts")).completion,
    },
  },
};
