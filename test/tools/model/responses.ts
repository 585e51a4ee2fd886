import { type Body, type Call, type Dialect, type Turn, textOf } from "./dialect.ts";

/** OpenAI's Responses. */
export const responses: Dialect = {
  path: /\/responses(?:\?|$)/,
  read: ({ input = [] }) =>
    (typeof input === "string" ? [{ role: "user", content: input }] : input).flatMap(
      ({ type = "", role, content }: Body): Turn[] =>
        type.endsWith("_output") ? ["result"] : role === "user" ? [{ user: textOf(content) }] : [],
    ),
  offersTools: ({ tools = [] }) => tools.length > 0,
  reply({ model, stream, tools = [] }, call, text, id) {
    const item = call ? callItem(tools, call, id) : messageItem(text, id);
    const usage = {
      input_tokens: 10,
      output_tokens: 5,
      total_tokens: 15,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens_details: { reasoning_tokens: 0 },
    };
    const base = { id: `resp_${id}`, object: "response", created_at: 1_700_000_000, model };
    const response = { ...base, status: "completed", output: [item], usage };
    if (!stream) return { json: response };
    const started = { ...item, status: "in_progress", ...("content" in item ? { content: [] } : {}) };
    const events = [
      { type: "response.created", response: { ...base, status: "in_progress", output: [] } },
      { type: "response.output_item.added", output_index: 0, item: started },
      ...("content" in item ? messageEvents(text, item.id) : []),
      { type: "response.output_item.done", output_index: 0, item },
      { type: "response.completed", response },
    ];
    return { events: events.map((event, index) => [event.type, { ...event, sequence_number: index }]) };
  },
};

function messageItem(text: string, id: string) {
  const content = [{ type: "output_text", text, annotations: [] }];
  return { type: "message", id: `msg_${id}`, role: "assistant", status: "completed", content };
}

/** A call. A tool may take free text (`custom`), or lie in a namespace, as those of a server do. */
function callItem(tools: Body[], { name, input }: Call, id: string) {
  const common = { call_id: `call_${id}`, status: "completed" };
  if (tools.some((tool) => tool.type === "custom" && tool.name === name))
    return { type: "custom_tool_call", id: `ctc_${id}`, name, input: String(input.input), ...common };
  const spaces = tools.filter((tool) => tool.type === "namespace");
  const space = spaces.find((each) => each.tools.some((tool: Body) => tool.name === name));
  const where = space === undefined ? {} : { namespace: space.name };
  const rest = { name, ...where, arguments: JSON.stringify(input), ...common };
  return { type: "function_call", id: `fc_${id}`, ...rest };
}

function messageEvents(text: string, item_id: string) {
  const at = { item_id, output_index: 0, content_index: 0 };
  const part = { type: "output_text", text, annotations: [] };
  return [
    { type: "response.content_part.added", ...at, part: { ...part, text: "" } },
    { type: "response.output_text.delta", ...at, delta: text },
    { type: "response.output_text.done", ...at, text },
    { type: "response.content_part.done", ...at, part },
  ];
}
