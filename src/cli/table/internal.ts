import type { Group } from "../command.ts";

/** Commands that coding tools, git and workflows call, not users. */
export const INTERNAL: Group = {
  heading: "Called by other programs",
  commands: {
    hook: {
      summary: "answer an event of a coding tool",
      load: async () => (await import("../commands/hook.ts")).hook,
    },
    statusline: {
      summary: "print one line for the status bar of a coding tool",
      load: async () => (await import("../commands/statusline.ts")).statusline,
    },
    comment: {
      summary: "carry out a command in a comment on a GitHub issue",
      load: async () => (await import("../commands/comment.ts")).comment,
    },
    "merge-driver": {
      summary: "merge a generated file for git",
      load: async () => (await import("../commands/merge-driver.ts")).mergeDriver,
    },
  },
};
