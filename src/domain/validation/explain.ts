/** An issue that a schema found. The library's own messages say too little for users. */
interface SchemaIssue {
  readonly code?: string;
  readonly message: string;
  readonly path: readonly PropertyKey[];
  readonly expected?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly values?: readonly unknown[];
}

const NAMES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  record: "an object",
  array: "a list",
  null: "null",
};

/** Describes an issue: the value, what it is, and what was expected. `file` is the whole content of the file. */
export function explain(issue: SchemaIssue, file: unknown): string {
  const where = issue.path.map(String).join(".") || "the file";
  const value = valueAt(file, issue.path);
  const missing = value === undefined ? " is missing" : "";
  if (issue.message !== GENERIC) return `${where}${missing}: ${issue.message}`;
  const wrong = issue.code === "invalid_type" && missing === "" ? ` is ${nameOf(value)}` : missing;
  return `${where}${wrong}${wrong === "" ? ":" : ";"} expected ${expectation(issue)}`;
}

/** Zod's message if a schema has none of its own. */
const GENERIC = "Invalid input";

/** How to parse what is explained: a library may have set another language for all schemas of this process. */
export const TO_EXPLAIN = { error: () => GENERIC };

function expectation({ code, expected, minimum, maximum, values }: SchemaIssue): string {
  if (code === "too_big") return `at most ${maximum}`;
  if (code === "too_small") return `at least ${minimum}`;
  if (code === "invalid_value") return (values ?? []).map((value) => JSON.stringify(value)).join(" or ");
  return NAMES[String(expected)] ?? "another value";
}

function nameOf(value: unknown): string {
  if (value === null) return "null";
  return NAMES[Array.isArray(value) ? "array" : typeof value] ?? typeof value;
}

function valueAt(file: unknown, path: readonly PropertyKey[]): unknown {
  let value = file;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
