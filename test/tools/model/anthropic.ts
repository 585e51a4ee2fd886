import type { Body, Dialect, Turn } from "./dialect.ts";

/** Anthropic's Messages. */
export const anthropic: Dialect = {
  path: /\/v1\/messages(?:\?|$)/,
  read: ({ messages = [] }) =>
    messages
      .filter(({ role }: Body) => role === "user")
      .flatMap(({ content }: Body) =>
        typeof content === "string" ? [{ type: "text", text: content }] : content,
      )
      .flatMap(({ type, text }: Body): Turn[] =>
        type === "tool_result" ? ["result"] : type === "text" ? [{ user: text }] : [],
      ),
  offersTools: ({ tools = [] }) => tools.length > 0,
  reply({ model, stream }, call, text, id) {
    const block = call
      ? { type: "tool_use", id: `toolu_${id}`, name: call.name, input: call.input }
      : { type: "text", text };
    const usage = {
      input_tokens: 10,
      output_tokens: 1,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
    };
    const stopped = { stop_reason: call ? "tool_use" : "end_turn", stop_sequence: null };
    const message = { id: `msg_${id}`, type: "message", role: "assistant", model, usage };
    if (!stream) return { json: { ...message, content: [block], ...stopped } };
    const delta = call
      ? { type: "input_json_delta", partial_json: JSON.stringify(call.input) }
      : { type: "text_delta", text };
    const empty = call ? { ...block, input: {} } : { type: "text", text: "" };
    const events = [
      { type: "message_start", message: { ...message, content: [], stop_reason: null, stop_sequence: null } },
      { type: "content_block_start", index: 0, content_block: empty },
      { type: "content_block_delta", index: 0, delta },
      { type: "content_block_stop", index: 0 },
      { type: "message_delta", delta: stopped, usage: { output_tokens: 5 } },
      { type: "message_stop" },
    ];
    return { events: events.map((event) => [event.type, event]) };
  },
};
