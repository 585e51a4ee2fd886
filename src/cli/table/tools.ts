import type { Group } from "../command.ts";

export const TOOLS: Group = {
  heading: "Tools and automation",
  commands: {
    setup: {
      summary: "have a coding tool's sessions take part by themselves",
      load: async () => (await import("../commands/setup.ts")).setup,
    },
    prime: {
      summary: "for an agent: how to work with the other sessions, in few words",
      load: async () => (await import("../commands/prime.ts")).prime,
    },
    mcp: {
      summary: "serve the Model Context Protocol on stdin and stdout, for a tool that speaks it",
      load: async () => (await import("../commands/mcp.ts")).mcp,
    },
    publish: {
      summary: "post broadcasts and urgent requests as GitHub issues, each once",
      load: async () => (await import("../commands/publish.ts")).publish,
    },
    completion: {
      summary: "what makes bash, zsh or fish complete commands, options, sessions and requests",
      load: async () => (await import("../commands/completion.ts")).completion,
    },
  },
};
