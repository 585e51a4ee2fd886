import { MATCH_PARTS, match as matchTask } from "../../domain/search/match.ts";
import { Text } from "../../domain/values/text.ts";
import * as z from "../../domain/values/z.ts";
import { defineTool } from "../tool.ts";

export const match = defineTool({
  name: "match",
  description: "Which sessions fit a task best, and why.",
  isReading: true,
  input: z.strictObject({ task: z.string() }),
  output: z.object({
    matches: z.array(z.object({ id: z.string(), available: z.boolean(), reasons: z.array(z.string()) })),
  }),
  async run(connection, { task }) {
    const { state, freshness } = await connection.read(MATCH_PARTS);
    const { matches } = matchTask(state, Text.parse(task), connection.now, await connection.knownSession());
    return { matches, ...freshness };
  },
});
