import type { Group } from "../command.ts";

/** What no person types: coding tools, git and workflows call these. */
export const INTERNAL: Group = {
  heading: "Called by other programs",
  commands: {
    hook: {
      summary: "for coding tools: an event on stdin, what there is to say about it on stdout",
      load: async () => (await import("../commands/hook.ts")).hook,
    },
    statusline: {
      summary: "one line for a tool's status bar: who is there, and how much is unread",
      load: async () => (await import("../commands/statusline.ts")).statusline,
    },
    comment: {
      summary: "in a workflow: carry out the command in a comment on a request's issue",
      load: async () => (await import("../commands/comment.ts")).comment,
    },
    "merge-driver": {
      summary: "merge a generated file for git",
      load: async () => (await import("../commands/merge-driver.ts")).mergeDriver,
    },
  },
};
