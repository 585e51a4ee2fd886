import type { Commands } from "../command.ts";

/** What keeps a hub well, and what ties it to GitHub. */
export const CARE: Commands = {
  outbox: {
    summary: "what this host has yet to send, and why",
    load: async () => (await import("../commands/outbox.ts")).outbox,
  },
  doctor: {
    summary: "what is well here and what is not, and the next step",
    load: async () => (await import("../commands/doctor.ts")).doctor,
  },
  expire: {
    summary: "write down what time has done: who is offline, what expired, ended or lapsed",
    load: async () => (await import("../commands/expire.ts")).expire,
  },
  validate: {
    summary: "check every file of a hub, and who changed what",
    load: async () => (await import("../commands/validate.ts")).validate,
  },
  import: {
    summary: "bring in what the old bash tools left",
    load: async () => (await import("../commands/import.ts")).importCommand,
  },
  publish: {
    summary: "post broadcasts and urgent requests as GitHub issues, each once",
    load: async () => (await import("../commands/publish.ts")).publish,
  },
  comment: {
    summary: "in a workflow: carry out the command in a comment on a request's issue",
    load: async () => (await import("../commands/comment.ts")).comment,
  },
};
