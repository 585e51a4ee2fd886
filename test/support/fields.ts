import { Ajv } from "ajv";
import { schemaOf } from "../../src/cli/fields.ts";

/** Returns where a document breaks the promise of a command: a field is missing, misshapen, not promised or null. */
export function brokenPromises(prints: string, document: unknown): string[] {
  const validate = new Ajv({ allErrors: true, strict: false }).compile(withoutMore(schemaOf(prints)));
  validate(document);
  const broken = (validate.errors ?? []).map(
    ({ instancePath, message = "", params }) =>
      `${instancePath || "it"} ${message} ${JSON.stringify(params)}`,
  );
  return [...broken, ...nullsIn(document).map((path) => `${path} is null`)];
}

/** Returns the paths at which a document has null. */
function nullsIn(value: unknown, path = ""): string[] {
  if (value === null) return [path];
  if (typeof value !== "object") return [];
  return Object.entries(value ?? {}).flatMap(([key, inner]) => nullsIn(inner, `${path}/${key}`));
}

/** The schema with no room for other fields, in all its parts. */
function withoutMore<Part>(schema: Part): Part {
  if (typeof schema !== "object" || schema === null) return schema;
  const parts = Object.entries(schema).map(([name, part]) => [name, withoutMore(part)]);
  const inner = Array.isArray(schema) ? parts.map(([, part]) => part) : Object.fromEntries(parts);
  return "properties" in schema ? { ...inner, additionalProperties: false } : inner;
}
