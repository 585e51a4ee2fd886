import type { Commands } from "./command.ts";

/** Every command in the order --help shows them; its file is loaded when it is called. */
export const COMMANDS: Commands = {
  init: {
    summary: "make a hub: embedded on this disk, or in a repository of yours",
    load: async () => (await import("./commands/init.ts")).init,
  },
  join: {
    summary: "join a hub, and make it this project's",
    load: async () => (await import("./commands/join.ts")).join,
  },
  register: {
    summary: "register a session: profile, registry entry and first heartbeat",
    load: async () => (await import("./commands/register.ts")).register,
  },
  whoami: {
    summary: "which session acts here, and on which hub",
    load: async () => (await import("./commands/whoami.ts")).whoami,
  },
  heartbeat: {
    summary: "say that the session is alive, and what it does",
    load: async () => (await import("./commands/heartbeat.ts")).heartbeat,
  },
  status: {
    summary: "say what you are doing, and until when",
    load: async () => (await import("./commands/status.ts")).status,
  },
  pause: {
    summary: "say that you take nothing for now, and until when",
    load: async () => (await import("./commands/pause.ts")).pause,
  },
  availability: {
    summary: "who is there when; set: when you are",
    load: async () => (await import("./commands/availability.ts")).availability,
  },
  sync: {
    summary: "every session: presence, role, current work",
    load: async () => (await import("./commands/sync.ts")).sync,
  },
  "find-help": {
    summary: "who offers a capability",
    load: async () => (await import("./commands/find-help.ts")).findHelp,
  },
  match: {
    summary: "which session fits a task best, and why",
    load: async () => (await import("./commands/match.ts")).match,
  },
  offer: {
    summary: "offer a skill, with a note and an end if you like",
    load: async () => (await import("./commands/offer.ts")).offer,
  },
  withdraw: {
    summary: "offer a skill no more",
    load: async () => (await import("./commands/withdraw.ts")).withdraw,
  },
  skills: {
    summary: "the market: who offers what, what they completed, and what is needed",
    load: async () => (await import("./commands/skills.ts")).skills,
  },
  request: {
    summary: "ask a session for help: a tracked request and a message",
    load: async () => (await import("./commands/request.ts")).request,
  },
  need: {
    summary: "ask whoever offers a skill: the first to accept has it",
    load: async () => (await import("./commands/need.ts")).need,
  },
  accept: {
    summary: "accept a request addressed to you",
    load: async () => (await import("./commands/accept.ts")).accept,
  },
  start: {
    summary: "say that you have started on an accepted request",
    load: async () => (await import("./commands/moves.ts")).start,
  },
  complete: {
    summary: "complete a request you accepted",
    load: async () => (await import("./commands/moves.ts")).complete,
  },
  decline: {
    summary: "decline a request addressed to you",
    load: async () => (await import("./commands/moves.ts")).decline,
  },
  cancel: {
    summary: "cancel a request you made",
    load: async () => (await import("./commands/moves.ts")).cancel,
  },
  handoff: {
    summary: "hand work over with all that is known of it",
    load: async () => (await import("./commands/handoff.ts")).handoff,
  },
  takeover: {
    summary: "take over what a session that is offline has not ended",
    load: async () => (await import("./commands/takeover.ts")).takeover,
  },
  claim: {
    summary: "take a lease on work (a key, as issue-42) or on files (a path or glob, as 'src/**')",
    load: async () => (await import("./commands/claim.ts")).claim,
  },
  renew: {
    summary: "hold what you claimed for longer",
    load: async () => (await import("./commands/claim-moves.ts")).renew,
  },
  release: {
    summary: "free what you claimed",
    load: async () => (await import("./commands/claim-moves.ts")).release,
  },
  claims: {
    summary: "who holds what until when; check whether another holds some files",
    load: async () => (await import("./commands/claims.ts")).claims,
  },
  broadcast: {
    summary: "a message to every session",
    load: async () => (await import("./commands/broadcast.ts")).broadcast,
  },
  send: {
    summary: "a message to one session or about a topic",
    load: async () => (await import("./commands/send.ts")).send,
  },
  reply: {
    summary: "answer a message, to its author or on its topic",
    load: async () => (await import("./commands/reply.ts")).reply,
  },
  thread: {
    summary: "a whole conversation, from any message of it",
    load: async () => (await import("./commands/thread.ts")).thread,
  },
  follow: {
    summary: "have a topic's or a conversation's messages in your inbox",
    load: async () => (await import("./commands/attention.ts")).follow,
  },
  mute: {
    summary: "have a topic, a conversation or a session left out of your inbox",
    load: async () => (await import("./commands/attention.ts")).mute,
  },
  search: {
    summary: "find messages and requests by their words",
    load: async () => (await import("./commands/search.ts")).search,
  },
  inbox: {
    summary: "what is addressed to you and unread",
    load: async () => (await import("./commands/inbox.ts")).inbox,
  },
  outbox: {
    summary: "what this host has yet to send, and why",
    load: async () => (await import("./commands/outbox.ts")).outbox,
  },
  doctor: {
    summary: "what is well here and what is not, and the next step",
    load: async () => (await import("./commands/doctor.ts")).doctor,
  },
  expire: {
    summary: "write down what time has done: who is offline, what expired, what has ended",
    load: async () => (await import("./commands/expire.ts")).expire,
  },
  validate: {
    summary: "check every file of a hub, and who changed what",
    load: async () => (await import("./commands/validate.ts")).validate,
  },
  import: {
    summary: "bring in what the old bash tools left",
    load: async () => (await import("./commands/import.ts")).importCommand,
  },
  publish: {
    summary: "post broadcasts and urgent requests as GitHub issues, each once",
    load: async () => (await import("./commands/publish.ts")).publish,
  },
  comment: {
    summary: "in a workflow: carry out the command in a comment on a request's issue",
    load: async () => (await import("./commands/comment.ts")).comment,
  },
  metrics: {
    summary: "how requests go: how many, how fast, how many get done, and who has them",
    load: async () => (await import("./commands/metrics.ts")).metrics,
  },
  log: {
    summary: "what happened in the hub, newest first",
    load: async () => (await import("./commands/log.ts")).log,
  },
  watch: {
    summary: "what happens in the hub, as it lands",
    load: async () => (await import("./commands/watch.ts")).watch,
  },
  wait: {
    summary: "wait until a request is answered, a message comes, or a session is there",
    load: async () => (await import("./commands/wait.ts")).wait,
  },
  prime: {
    summary: "for an agent: how to work with the other sessions, in few words",
    load: async () => (await import("./commands/prime.ts")).prime,
  },
  mcp: {
    summary: "serve the Model Context Protocol on stdin and stdout, for a tool that speaks it",
    load: async () => (await import("./commands/mcp.ts")).mcp,
  },
  statusline: {
    summary: "one line for a tool's status bar: who is there, and how much is unread",
    load: async () => (await import("./commands/statusline.ts")).statusline,
  },
  completion: {
    summary: "what makes bash, zsh or fish complete commands, options, sessions and requests",
    load: async () => (await import("./commands/completion.ts")).completion,
  },
  "merge-driver": {
    summary: "merge a generated file for git",
    load: async () => (await import("./commands/merge-driver.ts")).mergeDriver,
  },
};
