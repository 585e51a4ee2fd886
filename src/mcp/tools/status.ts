import * as z from "../../domain/z.ts";
import { defineTool } from "../tool.ts";
import { shown } from "./shared.ts";

export const status = defineTool({
  name: "status",
  description: "Say what you are doing now.",
  isReading: false,
  input: z.strictObject({
    work: z.string(),
    state: z.optional(z.enum(["active", "idle", "completing", "paused"])),
  }),
  async run(desk, { work, state }) {
    const written = await desk.submit("heartbeat", { work, status: state });
    return shown(written, ({ heartbeat: { session_id, current_work } }) => ({ session_id, current_work }));
  },
});
