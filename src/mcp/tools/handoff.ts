import { SessionId } from "../../domain/ids.ts";
import * as z from "../../domain/z.ts";
import { defineTool } from "../tool.ts";
import { shown } from "./shared.ts";

const Items = z.optional(z.array(z.string()));

export const handoff = defineTool({
  name: "handoff",
  description: "Hand work over with what it takes to go on; to nobody by name, it is for who accepts first.",
  isReading: false,
  input: z.strictObject({
    to: z.optional(z.string()),
    request: z.optional(z.string()),
    goal: z.string(),
    done: Items,
    in_progress: Items,
    tried: Items,
    decisions: Items,
    files: Items,
    branch: z.optional(z.string()),
    commit: z.optional(z.string()),
    next: z.optional(z.string()),
  }),
  async run(desk, { to, request, goal, ...bundle }) {
    const session = to === undefined ? undefined : SessionId.parse(to);
    const written = await desk.submit("handoff", { to: session, request, goal, bundle });
    return shown(written, ({ collaboration: { request_id, status } }) => ({ request_id, status }));
  },
});
