import fc from "fast-check";
import { anyone } from "./draw.ts";
import type { Verb, Who } from "./model.ts";

const register: Verb<{ who: Who }> = {
  kind: "register",
  args: fc.record({ who: anyone }),
  wish: (_, { who }) => ({ session: who, input: { role: "Help", skills: ["react"] } }),
  judge:
    (model, { who }) =>
    () => {
      model.registered.set(who, { seen: model.now, offline: false });
    },
};

const beat: Verb<{ who: Who }> = {
  kind: "heartbeat",
  args: fc.record({ who: anyone }),
  wish: (_, { who }) => ({ session: who, input: {} }),
  judge: () => () => undefined,
};

const broadcast: Verb<{ who: Who }> = {
  kind: "broadcast",
  args: fc.record({ who: anyone }),
  wish: (_, { who }) => ({ session: who, input: { text: "Hello", priority: "normal" } }),
  judge: (model) => () => {
    model.messages++;
  },
};

export const SESSION_VERBS = [register, beat, broadcast] as unknown as readonly Verb<unknown>[];
