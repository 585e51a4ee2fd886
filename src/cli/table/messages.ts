import type { Group } from "../command.ts";

export const MESSAGES: Group = {
  heading: "Messages",
  commands: {
    inbox: {
      summary: "requests that wait for you, unread messages, and what became of your requests",
      load: async () => (await import("../commands/inbox.ts")).inbox,
    },
    send: {
      summary: "a message to one session or about a topic",
      load: async () => (await import("../commands/send.ts")).send,
    },
    broadcast: {
      summary: "a message to every session",
      load: async () => (await import("../commands/broadcast.ts")).broadcast,
    },
    reply: {
      summary: "answer a message, to its author or on its topic",
      load: async () => (await import("../commands/reply.ts")).reply,
    },
    thread: {
      summary: "a whole conversation, from any message of it",
      load: async () => (await import("../commands/thread.ts")).thread,
    },
    search: {
      summary: "find messages and requests by their words",
      load: async () => (await import("../commands/search.ts")).search,
    },
    follow: {
      summary: "have a topic's or a conversation's messages in your inbox",
      load: async () => (await import("../commands/attention.ts")).follow,
    },
    mute: {
      summary: "have a topic, a conversation or a session left out of your inbox",
      load: async () => (await import("../commands/attention.ts")).mute,
    },
  },
};
