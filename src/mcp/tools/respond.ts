import { MOVES, type Move } from "../../domain/moves.ts";
import * as z from "../../domain/z.ts";
import type { Desk } from "../desk.ts";
import { defineTool } from "../tool.ts";
import { shown } from "./shared.ts";

const ACTIONS = Object.keys(MOVES) as Move[];

interface Answer {
  readonly request: string;
  readonly action: Move;
  readonly note?: string | undefined;
  readonly evidence?: string | undefined;
}

/** Evidence is for what was completed, and no word of the other moves. */
function move(desk: Desk, { request, action, note, evidence }: Answer) {
  return action === "complete"
    ? desk.submit(action, { request, note, evidence })
    : desk.submit(action, { request, note });
}

export const respond = defineTool({
  name: "respond",
  description: "Move a request on; cancel is for who asked, the others for who was asked.",
  isReading: false,
  input: z.strictObject({
    request: z.string(),
    action: z.enum(ACTIONS),
    note: z.optional(z.string()),
    evidence: z.optional(z.string()),
  }),
  async run(desk, given) {
    const written = await move(desk, given);
    return shown(written, ({ collaboration: { request_id, status } }) => ({ request_id, status }));
  },
});
