import { SessionId } from "../../domain/ids.ts";
import * as z from "../../domain/z.ts";
import { defineTool } from "../tool.ts";
import { Priority, shown } from "./shared.ts";

export const request = defineTool({
  name: "request",
  description:
    "Ask for help: a tracked request to a session, or to whoever offers a skill and accepts first.",
  isReading: false,
  input: z.strictObject({
    to: z.optional(z.string()),
    to_capability: z.optional(z.string()),
    text: z.string(),
    urgency: Priority,
  }),
  async run(desk, { to, to_capability, text, urgency = "normal" }) {
    const session = to === undefined ? undefined : SessionId.parse(to);
    const written = await desk.submit("request", { to: session, to_capability, text, urgency });
    return shown(written, ({ collaboration: { request_id, status }, offered_by }) => ({
      request_id,
      status,
      ...(to_capability === undefined ? {} : { offered_by }),
    }));
  },
});
