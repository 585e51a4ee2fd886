import type { Commands } from "../command.ts";

/** What other programs call. */
export const TOOLS: Commands = {
  setup: {
    summary: "have a coding tool's sessions take part by themselves",
    load: async () => (await import("../commands/setup.ts")).setup,
  },
  hook: {
    summary: "for coding tools: an event on stdin, what there is to say about it on stdout",
    load: async () => (await import("../commands/hook.ts")).hook,
  },
  prime: {
    summary: "for an agent: how to work with the other sessions, in few words",
    load: async () => (await import("../commands/prime.ts")).prime,
  },
  mcp: {
    summary: "serve the Model Context Protocol on stdin and stdout, for a tool that speaks it",
    load: async () => (await import("../commands/mcp.ts")).mcp,
  },
  statusline: {
    summary: "one line for a tool's status bar: who is there, and how much is unread",
    load: async () => (await import("../commands/statusline.ts")).statusline,
  },
  completion: {
    summary: "what makes bash, zsh or fish complete commands, options, sessions and requests",
    load: async () => (await import("../commands/completion.ts")).completion,
  },
  "merge-driver": {
    summary: "merge a generated file for git",
    load: async () => (await import("../commands/merge-driver.ts")).mergeDriver,
  },
};
