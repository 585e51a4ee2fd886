import type { StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import * as z from "../domain/values/z.ts";

/** Converts a schema for the protocol's library: it validates, and gives a JSON Schema of few tokens. */
export function standard<Value>(schema: z.ZodMiniType<Value>): StandardSchemaWithJSON<Value, Value> {
  const describe = () => {
    const { $schema: _, ...described } = z.toJSONSchema(schema, { io: "input" });
    return described;
  };
  const { validate } = schema["~standard"];
  return {
    "~standard": {
      version: 1,
      vendor: "git-hive",
      validate: validate as StandardSchemaWithJSON<Value, Value>["~standard"]["validate"],
      jsonSchema: { input: describe, output: describe },
    },
  };
}
