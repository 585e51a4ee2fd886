import type { Group } from "../command.ts";

export const MESSAGES: Group = {
  heading: "Messages",
  commands: {
    inbox: {
      summary: "show what waits for you: requests, messages, answers",
      load: async () => (await import("../commands/inbox.ts")).inbox,
    },
    send: {
      summary: "send a message to a session or about a topic",
      load: async () => (await import("../commands/send.ts")).send,
    },
    broadcast: {
      summary: "send a message to every session",
      load: async () => (await import("../commands/broadcast.ts")).broadcast,
    },
    reply: {
      summary: "answer a message",
      load: async () => (await import("../commands/reply.ts")).reply,
    },
    thread: {
      summary: "show a whole conversation",
      load: async () => (await import("../commands/thread.ts")).thread,
    },
    search: {
      summary: "find messages and requests by their words",
      load: async () => (await import("../commands/search.ts")).search,
    },
    follow: {
      summary: "get the messages of a topic or a conversation",
      load: async () => (await import("../commands/attention.ts")).follow,
    },
    unfollow: {
      summary: "stop following a topic or a conversation",
      load: async () => (await import("../commands/attention.ts")).unfollow,
    },
    mute: {
      summary: "keep a topic, conversation or session out of the inbox",
      load: async () => (await import("../commands/attention.ts")).mute,
    },
    unmute: {
      summary: "stop muting a topic, conversation or session",
      load: async () => (await import("../commands/attention.ts")).unmute,
    },
  },
};
