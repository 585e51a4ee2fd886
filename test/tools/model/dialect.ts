/** A call of a tool, as a model asks for it. */
export interface Call {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What one request to a model has, oldest first: texts of the user, and results of calls. */
export type Turn = { readonly user: string } | "result";

/** An answer of a model: one JSON document, or a stream of named events. */
export type Reply = { readonly json: object } | { readonly events: readonly (readonly [string, unknown])[] };

/** The way in which one kind of model service is asked and answers. */
export interface Dialect {
  /** The paths of requests in this dialect. */
  readonly path: RegExp;
  /** The conversation in a request. */
  read(body: Body): Turn[];
  /** Whether the request lets the model call tools. Requests for a title or a summary do not. */
  offersTools(body: Body): boolean;
  /** An answer that makes the call, or ends the turn with `text`. `id` is new for each answer. */
  reply(body: Body, call: Call | undefined, text: string, id: string, path: string): Reply;
}

/** The unchecked body of a request. */
// biome-ignore lint/suspicious/noExplicitAny: each service has a shape of its own, and only a few of its fields matter.
export type Body = any;

/** The text of a content that is a string or a list of parts. */
export function textOf(content: Body): string {
  if (typeof content === "string") return content;
  return Array.isArray(content) ? content.map((part) => part.text ?? "").join("\n") : "";
}
