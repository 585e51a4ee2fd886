/** A field that a command prints; `inner` are those of the object, or of each object of the list. */
interface Field {
  readonly name: string;
  readonly isOptional: boolean;
  readonly isList: boolean;
  readonly inner: readonly Field[];
}

/**
 * Returns a JSON schema of the documents that a command prints, from the notation of `Command.prints`. It says which
 * fields there are and which of them are lists or objects; later versions may add fields. Throws an Error for a text
 * that is not in the notation.
 */
export function schemaOf(prints: string): object {
  const forms = parse(prints).map(objectOf);
  return forms.length === 1 ? (forms[0] ?? {}) : { anyOf: forms };
}

function objectOf(fields: readonly Field[]): object {
  return {
    type: "object",
    properties: Object.fromEntries(fields.map((field) => [field.name, schemaOfField(field)])),
    required: fields.filter(({ isOptional }) => !isOptional).map(({ name }) => name),
  };
}

function schemaOfField({ isList, inner }: Field): object {
  const item = inner.length === 0 ? {} : objectOf(inner);
  if (isList) return { type: "array", items: item };
  return inner.length === 0 ? { not: { type: ["array", "null"] } } : item;
}

/** Each form is introduced by `; or of <what>: `. */
function parse(prints: string): Field[][] {
  return prints.split("; or ").map((form) => parseList(form.replace(/^[^:{]*: /, "")));
}

function parseList(text: string): Field[] {
  return splitOutside(text).map((part) => {
    const [, name = "", optional, list, inner] = /^(\w+)(\?)?(\[\])?(?: \{(.*)\})?$/.exec(part) ?? [];
    if (name === "") throw new Error(`${JSON.stringify(part)} is no field`);
    const fields = inner === undefined ? [] : parseList(inner);
    return { name, isOptional: optional !== undefined, isList: list !== undefined, inner: fields };
  });
}

/** Splits at the commas outside braces. */
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
