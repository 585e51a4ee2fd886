import * as z from "../../domain/z.ts";
import { defineTool } from "../tool.ts";
import { Priority, shown } from "./shared.ts";

export const send = defineTool({
  name: "send",
  description: "A message to every session.",
  isReading: false,
  input: z.strictObject({ text: z.string(), priority: Priority }),
  async run(desk, { text, priority = "normal" }) {
    const written = await desk.submit("broadcast", { text, priority });
    return shown(written, ({ message: { id, to } }) => ({ id, to }));
  },
});
