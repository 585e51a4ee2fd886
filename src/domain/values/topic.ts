import type { $brand } from "zod/mini";

/** The name of a topic, with its `#`: its schema is in ids.ts. */
export type Topic = string & $brand<"Topic">;

const SHAPE = /^#(?=.{1,64}$)[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Whether a text names a topic, and neither a session nor everybody. */
export function isTopic(text: string): text is Topic {
  return SHAPE.test(text);
}
