import { type Body, type Dialect, type Turn, textOf } from "./dialect.ts";

/** OpenAI's Chat Completions. */
export const chat: Dialect = {
  path: /\/chat\/completions(?:\?|$)/,
  read: ({ messages = [] }) =>
    messages.flatMap(({ role, content }: Body): Turn[] =>
      role === "tool" ? ["result"] : role === "user" ? [{ user: textOf(content) }] : [],
    ),
  offersTools: ({ tools = [] }) => tools.length > 0,
  reply({ model, stream }, call, text, id) {
    const base = { id: `chatcmpl-${id}`, created: 1_700_000_000, model };
    const message = call
      ? {
          role: "assistant",
          content: null,
          tool_calls: [
            {
              index: 0,
              id: `call_${id}`,
              type: "function",
              function: { name: call.name, arguments: JSON.stringify(call.input) },
            },
          ],
        }
      : { role: "assistant", content: text };
    const finish_reason = call ? "tool_calls" : "stop";
    const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
    if (!stream)
      return {
        json: { ...base, object: "chat.completion", choices: [{ index: 0, message, finish_reason }], usage },
      };
    const chunk = { ...base, object: "chat.completion.chunk" };
    return {
      events: [
        ["", { ...chunk, choices: [{ index: 0, delta: message, finish_reason: null }] }],
        ["", { ...chunk, choices: [{ index: 0, delta: {}, finish_reason }], usage }],
        ["", "[DONE]"],
      ],
    };
  },
};
