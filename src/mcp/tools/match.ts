import { MATCH_PARTS, match as matchTask } from "../../domain/search/match.ts";
import { Text } from "../../domain/values/text.ts";
import * as z from "../../domain/values/z.ts";
import { defineTool, text } from "../tool.ts";

export const match = defineTool({
  name: "match",
  description: "Rank sessions for a task.",
  isReading: true,
  input: z.strictObject({ task: text("The task") }),
  async run(connection, { task }) {
    const { state, freshness } = await connection.read(MATCH_PARTS);
    const { matches } = matchTask(state, Text.parse(task), connection.now, await connection.knownSession());
    return { matches, ...freshness };
  },
});
