import type { StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import * as z from "../domain/values/z.ts";

/** A schema as the protocol's library takes it: it validates, and it tells its JSON Schema in few tokens. */
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
