import { SessionId } from "../../domain/ids.ts";
import * as z from "../../domain/z.ts";
import { defineTool } from "../tool.ts";
import { Priority, shown } from "./shared.ts";

export const request = defineTool({
  name: "request",
  description: "Ask a session for help: a tracked request.",
  isReading: false,
  input: z.strictObject({ to: z.string(), text: z.string(), urgency: Priority }),
  async run(desk, { to, text, urgency = "normal" }) {
    const written = await desk.submit("request", { to: SessionId.parse(to), text, urgency });
    return shown(written, ({ collaboration: { request_id, status } }) => ({ request_id, status }));
  },
});
