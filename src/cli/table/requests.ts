import type { Commands } from "../command.ts";

/** Who can help, who is asked, and who holds what. */
export const WORK: Commands = {
  "find-help": {
    summary: "who offers a capability",
    load: async () => (await import("../commands/find-help.ts")).findHelp,
  },
  match: {
    summary: "which session fits a task best, and why",
    load: async () => (await import("../commands/match.ts")).match,
  },
  offer: {
    summary: "offer a skill, with a note and an end if you like",
    load: async () => (await import("../commands/offer.ts")).offer,
  },
  withdraw: {
    summary: "offer a skill no more",
    load: async () => (await import("../commands/withdraw.ts")).withdraw,
  },
  skills: {
    summary: "the market: who offers what, what they completed, and what is needed",
    load: async () => (await import("../commands/skills.ts")).skills,
  },
  request: {
    summary: "ask a session for help: a tracked request and a message",
    load: async () => (await import("../commands/request.ts")).request,
  },
  need: {
    summary: "ask whoever offers a skill: the first to accept has it",
    load: async () => (await import("../commands/need.ts")).need,
  },
  accept: {
    summary: "accept a request that waits for you",
    load: async () => (await import("../commands/accept.ts")).accept,
  },
  start: {
    summary: "say that you have started on an accepted request",
    load: async () => (await import("../commands/moves.ts")).start,
  },
  complete: {
    summary: "complete a request you accepted",
    load: async () => (await import("../commands/moves.ts")).complete,
  },
  decline: {
    summary: "decline a request that waits for you",
    load: async () => (await import("../commands/moves.ts")).decline,
  },
  cancel: {
    summary: "cancel a request you made",
    load: async () => (await import("../commands/moves.ts")).cancel,
  },
  handoff: {
    summary: "hand work over with all that is known of it",
    load: async () => (await import("../commands/handoff.ts")).handoff,
  },
  takeover: {
    summary: "take over what a session that is offline accepted and has not ended",
    load: async () => (await import("../commands/takeover.ts")).takeover,
  },
  claim: {
    summary: "take a lease on work (a key, as issue-42) or on files (a path or glob, as 'src/**')",
    load: async () => (await import("../commands/claim.ts")).claim,
  },
  renew: {
    summary: "hold what you claimed for longer",
    load: async () => (await import("../commands/claim-moves.ts")).renew,
  },
  release: {
    summary: "free what you claimed",
    load: async () => (await import("../commands/claim-moves.ts")).release,
  },
  claims: {
    summary: "who holds what until when; check whether another holds some files",
    load: async () => (await import("../commands/claims.ts")).claims,
  },
};
