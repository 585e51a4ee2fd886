import { MOVES, type Move } from "../../domain/moves.ts";
import * as z from "../../domain/z.ts";
import { defineTool } from "../tool.ts";
import { shown } from "./shared.ts";

const ACTIONS = Object.keys(MOVES) as Move[];

export const respond = defineTool({
  name: "respond",
  description: "Move a request on; cancel is for who asked, the others for who was asked.",
  isReading: false,
  input: z.strictObject({ request: z.string(), action: z.enum(ACTIONS), note: z.optional(z.string()) }),
  async run(desk, { request, action, note }) {
    const written = await desk.submit(action, { request, note });
    return shown(written, ({ collaboration: { request_id, status } }) => ({ request_id, status }));
  },
});
