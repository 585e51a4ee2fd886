import type { Topic } from "./ids.ts";

const SHAPE = /^#(?=.{1,64}$)[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Whether a text names a topic, and neither a session nor everybody. */
export function isTopic(text: string): text is Topic {
  return SHAPE.test(text);
}
