import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/* ajv and ajv-formats are CommonJS whose types do not say so. */
const require = createRequire(import.meta.url);
const Ajv = require("ajv").default as typeof import("ajv").default;
const addFormats = require("ajv-formats").default as typeof import("ajv-formats").default;

interface Parameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required?: boolean;
  readonly schema: { readonly type?: string };
}
interface Content {
  readonly content?: { readonly "application/json"?: { readonly schema: object } };
}
interface Route {
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content | { readonly $ref: string }>>;
}
type Schema = { readonly $ref?: string; readonly properties?: object };
type Combined = { readonly [How in "anyOf" | "oneOf" | "allOf"]?: readonly Schema[] };

const DESCRIPTION = JSON.parse(readFileSync(new URL("openapi.json", import.meta.url), "utf8"));
const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
ajv.addSchema(DESCRIPTION, "github");

/** Answers that GitHub gives everywhere and its description does not list. */
const EVERYWHERE = [401, 403, 404, 429, 500, 502];

/** One operation of GitHub's API, as its own description has it. */
export class ApiOperation {
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
  readonly #pointer: string;
  readonly #route: Route;

  private constructor(method: string, path: string, params: Record<string, string>) {
    this.name = `${method.toUpperCase()} ${path}`;
    this.params = params;
    this.#pointer = `#/paths/${pointerKey(path)}/${method}`;
    this.#route = DESCRIPTION.paths[path][method];
  }

  /** The operation that a request means; undefined where the slice has none. */
  static find(method: string, path: string): ApiOperation | undefined {
    for (const [template, methods] of Object.entries<object>(DESCRIPTION.paths)) {
      const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
      const shape = new RegExp(`^${template.replaceAll(/\{\w+\}/g, "([^/]+)")}$`);
      const found = shape.exec(path);
      if (found && method.toLowerCase() in methods) {
        const values = found.slice(1).map(decodeURIComponent);
        return new ApiOperation(
          method.toLowerCase(),
          template,
          Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""])),
        );
      }
    }
    return undefined;
  }

  /** What is wrong with a request, by the description. Names it does not know count: GitHub would pass over them. */
  checkRequest(query: URLSearchParams, body: unknown): string[] {
    const parameters = (this.#route.parameters ?? []).map((each) => resolve(each) as Parameter);
    const known = parameters.filter((each) => each.in === "query");
    const unknown = [...query.keys()].filter((name) => !known.some((each) => each.name === name));
    const given: Record<string, string | null> = { ...this.params, ...Object.fromEntries(query) };
    const problems = [
      ...unknown.map((name) => `query ${name} is not known`),
      ...parameters.flatMap(({ name, required, schema }) =>
        given[name] === undefined
          ? required === true
            ? [`${name} is missing`]
            : []
          : check(schema, asTyped(given[name], schema), name),
      ),
      ...this.#checkBody(body),
    ];
    return problems.map((problem) => `${this.name}: request: ${problem}`);
  }

  #checkBody(body: unknown): string[] {
    const schema = this.#route.requestBody?.content?.["application/json"]?.schema;
    if (schema === undefined) return body === undefined ? [] : ["a body where none belongs"];
    const at = `${this.#pointer}/requestBody/content/${pointerKey("application/json")}/schema`;
    return [...checkAt(at, body), ...unknownNames(schema, body)];
  }

  /** What is wrong with an answer of ours, so that the server stays true to what it stands for. */
  checkResponse(status: number, body: unknown): string[] {
    const declared = this.#route.responses[String(status)];
    if (declared === undefined) {
      const isReal = EVERYWHERE.includes(status);
      return isReal ? [] : [`${this.name}: answer: ${status} is not described`];
    }
    const schema = (resolve(declared) as Content).content?.["application/json"]?.schema;
    const problems =
      schema === undefined
        ? body === undefined
          ? []
          : ["a body where none belongs"]
        : [...check(schema, body, ""), ...unknownNames(schema, body)];
    return problems.map((problem) => `${this.name}: answer ${status}: ${problem}`);
  }
}

function pointerKey(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1").replaceAll("{", "%7B").replaceAll("}", "%7D");
}

function resolve(value: object): object {
  if (!("$ref" in value) || typeof value.$ref !== "string") return value;
  return value.$ref
    .slice(2)
    .split("/")
    .reduce((inner, key) => inner[key], DESCRIPTION);
}

function asTyped(text: string | null, { type }: { type?: string }): unknown {
  return type === "integer" && /^\d+$/.test(text ?? "") ? Number(text) : text;
}

const compiled = new Map<string, ReturnType<typeof ajv.compile>>();

/** Schemas are checked inside the whole description, where their references lead somewhere. */
function check(schema: object, value: unknown, name: string): string[] {
  const key = JSON.stringify(schema);
  const validate = compiled.get(key) ?? ajv.compile(absolute(schema) as object);
  compiled.set(key, validate);
  return validate(value) ? [] : [`${name} ${ajv.errorsText(validate.errors, { separator: "; " })}`];
}

function absolute(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(absolute);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === "$ref" && typeof inner === "string" ? inner.replace(/^#/, "github#") : absolute(inner),
    ]),
  );
}

function checkAt(pointer: string, value: unknown): string[] {
  return check({ $ref: pointer }, value, "body");
}

function unknownNames(schema: Schema, value: unknown): string[] {
  if (Array.isArray(value)) {
    const items = (resolve(schema) as { items?: object }).items;
    return items === undefined ? [] : value.flatMap((each) => unknownNames(items, each));
  }
  if (value === null || typeof value !== "object") return [];
  const properties = propertiesOf(schema);
  return Object.keys(value)
    .filter((name) => !properties.has(name))
    .map((name) => `${name} is not known`);
}

function propertiesOf(schema: Schema): Set<string> {
  const { anyOf = [], oneOf = [], allOf = [], ...real } = resolve(schema) as Schema & Combined;
  const inner = [...anyOf, ...oneOf, ...allOf].flatMap((each) => [...propertiesOf(each)]);
  return new Set([...Object.keys(real.properties ?? {}), ...inner]);
}
