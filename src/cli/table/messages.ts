import type { Group } from "../command.ts";

export const MESSAGES: Group = {
  heading: "Messages",
  commands: {
    inbox: {
      summary: "show what waits for you: requests, messages, answers",
      seeAlso: ["thread", "reply", "accept", "search"],
      load: async () => (await import("../commands/inbox.ts")).inbox,
    },
    send: {
      summary: "send a message to a session or about a topic",
      seeAlso: ["broadcast", "reply", "follow"],
      load: async () => (await import("../commands/send.ts")).send,
    },
    broadcast: {
      summary: "send a message to every session",
      seeAlso: ["send", "publish"],
      load: async () => (await import("../commands/broadcast.ts")).broadcast,
    },
    reply: {
      summary: "answer a message",
      seeAlso: ["thread", "inbox"],
      load: async () => (await import("../commands/reply.ts")).reply,
    },
    thread: {
      summary: "show a whole conversation, and the state of a request",
      seeAlso: ["reply", "search"],
      load: async () => (await import("../commands/thread.ts")).thread,
    },
    search: {
      summary: "find messages and requests by their words",
      seeAlso: ["thread", "log"],
      load: async () => (await import("../commands/search.ts")).search,
    },
    follow: {
      summary: "get the messages of a topic or a conversation",
      seeAlso: ["mute", "send"],
      load: async () => (await import("../commands/attention.ts")).follow,
    },
    unfollow: {
      summary: "stop following a topic or a conversation",
      seeAlso: ["follow", "mute"],
      load: async () => (await import("../commands/attention.ts")).unfollow,
    },
    mute: {
      summary: "keep a topic, conversation or session out of the inbox",
      seeAlso: ["follow", "inbox"],
      load: async () => (await import("../commands/attention.ts")).mute,
    },
    unmute: {
      summary: "stop muting a topic, conversation or session",
      seeAlso: ["mute", "inbox"],
      load: async () => (await import("../commands/attention.ts")).unmute,
    },
  },
};
