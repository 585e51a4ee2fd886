import type { StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import * as z from "../domain/values/z.ts";

/**
 * Converts a schema for the protocol's library: it validates, and gives a JSON Schema of few tokens, because every model
 * reads it. A parameter without a description is taken but not listed: the tool's description or an answer names it.
 */
export function standard<Value>(schema: z.ZodMiniType<Value>): StandardSchemaWithJSON<Value, Value> {
  const describe = () => {
    const { properties = {}, required } = z.toJSONSchema(schema, { io: "input" });
    const listed = Object.entries(properties).filter(
      ([, property]) => typeof property === "object" && property.description !== undefined,
    );
    return { type: "object", properties: Object.fromEntries(listed), ...(required && { required }) };
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
