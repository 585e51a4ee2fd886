import type { Body, Dialect, Turn } from "./dialect.ts";

/** What the tool's own questions, such as who speaks next, want as JSON: one document answers all of them. */
const OWN_QUESTION = JSON.stringify({
  reasoning: "scripted",
  next_speaker: "user",
  model_choice: "flash",
  complexity_score: 1,
  complexity_reasoning: "scripted",
});

/** Google's generateContent. */
export const gemini: Dialect = {
  path: /:(?:stream)?generateContent/i,
  read: ({ contents = [] }) =>
    contents
      .filter(({ role }: Body) => role === "user" || role === "function")
      .flatMap(({ parts = [] }: Body) => parts)
      .flatMap(({ functionResponse, text }: Body): Turn[] =>
        functionResponse ? ["result"] : text === undefined ? [] : [{ user: text }],
      ),
  offersTools: ({ tools = [] }) =>
    tools.some(({ functionDeclarations }: Body) => functionDeclarations?.length),
  reply({ generationConfig }, call, text, id, path) {
    const isQuestion = generationConfig?.responseMimeType === "application/json";
    const part = call
      ? {
          functionCall: { id: `call_${id}`, name: call.name, args: call.input },
          thoughtSignature: "c2lnbmVk",
        }
      : { text: isQuestion ? OWN_QUESTION : text };
    const answer = {
      candidates: [{ index: 0, content: { role: "model", parts: [part] }, finishReason: "STOP" }],
      usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 5, totalTokenCount: 15 },
      modelVersion: "scripted",
      responseId: id,
    };
    return /:stream/i.test(path) ? { events: [["", answer]] } : { json: answer };
  },
};
