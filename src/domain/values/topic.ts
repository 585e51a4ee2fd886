import type { $brand } from "zod/mini";

/** The name of a topic, with its `#`. Its schema is in ids.ts. */
export type Topic = string & $brand<"Topic">;

const TOPIC_PATTERN = /^#(?=.{1,64}$)[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Whether a text names a topic; the `#` tells it from a session and from `all`. */
export function isTopic(text: string): text is Topic {
  return TOPIC_PATTERN.test(text);
}
