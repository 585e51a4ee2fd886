/** A field that a command promises to print; `inner` are those of the object, or of each object of the list. */
interface GivenField {
  readonly name: string;
  readonly isOptional: boolean;
  readonly isList: boolean;
  readonly inner: readonly GivenField[];
}

/** Reads the notation of `prints`. Throws on what is none. */
function parseFields(prints: string): GivenField[][] {
  return prints.split("; or ").map((form) => parseList(form.replace(/^[^:{]*: /, "")));
}

function parseList(text: string): GivenField[] {
  return splitOutside(text).map((part) => {
    const [, name = "", optional, list, inner] = /^(\w+)(\?)?(\[\])?(?: \{(.*)\})?$/.exec(part) ?? [];
    if (name === "") throw new Error(`${JSON.stringify(part)} is no field`);
    const fields = inner === undefined ? [] : parseList(inner);
    return { name, isOptional: optional !== undefined, isList: list !== undefined, inner: fields };
  });
}

/** Split at the commas that stand in no braces. */
function splitOutside(text: string): string[] {
  const parts: string[] = [""];
  let depth = 0;
  for (const character of text) {
    depth += { "{": 1, "}": -1 }[character] ?? 0;
    if (character === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim());
}

/** Where a document breaks a promise: a field is missing, is no list, or is not promised. An object may be null. */
export function brokenPromises(prints: string, document: unknown): string[] {
  const forms = parseFields(prints).map((fields) => broken(fields, document, ""));
  return forms.some((each) => each.length === 0) ? [] : forms.flat();
}

function broken(fields: readonly GivenField[], value: unknown, path: string): string[] {
  return isObject(value)
    ? [...missing(fields, value, path), ...unpromised(fields, value, path)]
    : [`${path.slice(0, -1) || "it"} is no object`];
}

function missing(fields: readonly GivenField[], value: GivenValues, path: string): string[] {
  return fields.flatMap((field) => {
    const at = `${path}${field.name}`;
    const found = value[field.name];
    return found === undefined ? (field.isOptional ? [] : [`${at} is missing`]) : misshapen(field, found, at);
  });
}

function misshapen({ isList, inner }: GivenField, found: unknown, at: string): string[] {
  if (isList !== Array.isArray(found)) return [`${at} is ${isList ? "no" : "a"} list`];
  const objects = Array.isArray(found) ? found : found === null ? [] : [found];
  return inner.length === 0 ? [] : objects.flatMap((each) => broken(inner, each, `${at}.`));
}

function unpromised(fields: readonly GivenField[], value: GivenValues, path: string): string[] {
  const promised = new Set(fields.map(({ name }) => name));
  return Object.keys(value)
    .filter((name) => !promised.has(name))
    .map((name) => `${path}${name} is not promised`);
}

type GivenValues = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is GivenValues {
  return typeof value === "object" && value !== null;
}
