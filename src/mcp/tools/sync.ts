import { sync as syncView } from "../../domain/queries/sync.ts";
import * as z from "../../domain/z.ts";
import { OVERVIEW_PARTS } from "../../workplace.ts";
import type { Desk } from "../desk.ts";
import { defineTool } from "../tool.ts";

/** Who is there, and who asks. */
export async function overview(desk: Desk): Promise<object> {
  const { state, sight } = await desk.read(OVERVIEW_PARTS);
  const [hub, you, unsent] = [await desk.hub(), (await desk.knownSession()) ?? null, await desk.unsent()];
  return { hub, you, unsent, ...syncView(state, desk.now), ...sight };
}

export const sync = defineTool({
  name: "sync",
  description: "Every session: presence, role, current work.",
  isReading: true,
  input: z.strictObject({}),
  output: z.object({
    you: z.nullable(z.string()),
    sessions: z.array(z.object({ id: z.string(), presence: z.string(), current_work: z.string() })),
  }),
  run: overview,
});
