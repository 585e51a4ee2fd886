import { Ajv } from "ajv";
import { schemaOf } from "../../src/cli/fields.ts";

/** Returns where a document breaks the promise of a command: a field is missing, misshapen or not promised. */
export function brokenPromises(prints: string, document: unknown): string[] {
  const validate = new Ajv({ allErrors: true, strict: false }).compile(withoutMore(schemaOf(prints)));
  if (validate(document)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message = "", params }) =>
      `${instancePath || "it"} ${message} ${JSON.stringify(params)}`,
  );
}

/** The schema with no room for other fields, in all its parts. */
function withoutMore<Part>(schema: Part): Part {
  if (typeof schema !== "object" || schema === null) return schema;
  const parts = Object.entries(schema).map(([name, part]) => [name, withoutMore(part)]);
  const inner = Array.isArray(schema) ? parts.map(([, part]) => part) : Object.fromEntries(parts);
  return "properties" in schema ? { ...inner, additionalProperties: false } : inner;
}
