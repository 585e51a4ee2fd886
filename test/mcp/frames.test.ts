import { PassThrough } from "node:stream";
import fc from "fast-check";
import { expect, it } from "vitest";
import { serve } from "../../src/mcp/serve.ts";
import { openSandbox } from "../support/git-sandbox.ts";

const MEBIBYTE = 1024 * 1024;

type Answer = { id?: unknown; result?: object; error?: { code: number; message: string } };

const INITIALIZE = {
  ...{ jsonrpc: "2.0", id: 0, method: "initialize" },
  params: {
    ...{ protocolVersion: "2025-06-18", capabilities: {} },
    clientInfo: { name: "test", version: "1" },
  },
};

/** A server, what it answers, and a question that shows that it goes on. */
function open() {
  const sandbox = openSandbox();
  const [input, output] = [new PassThrough(), new PassThrough()];
  const ended = serve(sandbox.world(), {}, { input, output });
  sandbox.atEnd(async () => {
    input.end();
    await ended;
  });
  const answers: Answer[] = [];
  let arrived = () => {};
  let rest = "";
  output.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    answers.push(...lines.map((line) => JSON.parse(line)));
    arrived();
  });
  const send = (...frames: (string | Uint8Array)[]) => {
    for (const frame of frames) input.write(frame);
  };
  const answerTo = async (id: unknown): Promise<Answer> => {
    for (;;) {
      const found = answers.find((answer) => answer.id === id);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        arrived = resolve;
      });
    }
  };
  /** The answers to these frames, once a later question has its answer. */
  const answersTo = async (...frames: (string | Uint8Array)[]): Promise<Answer[]> => {
    const before = answers.length;
    const id = `alive-${before}-${frames.length}`;
    send(...frames, `${JSON.stringify({ jsonrpc: "2.0", id, method: "ping" })}\n`);
    expect(await answerTo(id)).toMatchObject({ result: {} });
    return answers
      .slice(before)
      .filter((answer) => ![id, INITIALIZE.id].some((known) => known === answer.id));
  };
  send(`${JSON.stringify(INITIALIZE)}\n`);
  return { answerTo, answersTo };
}

const coded = (id: unknown, code: number) => [{ jsonrpc: "2.0", id, error: { code } }];

it.each([
  "not JSON",
  '{"jsonrpc":"2.0","id":1,"method":',
  '{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]',
  "\ufeff{}",
  "undefined",
  "Content-Length: 52\r",
])("a frame that is not JSON is answered as a parse error, and the server goes on: %j", async (frame) => {
  const { answersTo } = open();
  expect(await answersTo(`${frame}\n`)).toMatchObject(coded(null, -32700));
});

it("a frame that is not UTF-8 is answered as a parse error", async () => {
  const { answersTo } = open();
  const frame = Uint8Array.of(0x22, 0xff, 0xfe, 0x22, 0x0a);
  expect(await answersTo(frame)).toMatchObject(coded(null, -32700));
});

it.each([
  ["1", null],
  ["null", null],
  ['"ping"', null],
  ["[]", null],
  ['[{"jsonrpc":"2.0","id":1,"method":"ping"}]', null],
  ["{}", null],
  ['{"jsonrpc":"2.0","id":7}', 7],
  ['{"jsonrpc":"1.0","id":7,"method":"ping"}', 7],
  ['{"id":"a","method":"ping"}', "a"],
  ['{"jsonrpc":"2.0","id":7,"method":1}', 7],
  ['{"jsonrpc":"2.0","id":7,"method":"ping","params":"bar"}', 7],
  ['{"jsonrpc":"2.0","id":{},"method":"ping"}', null],
  ['{"jsonrpc":"2.0","id":null,"method":"ping"}', null],
  ['{"jsonrpc":"2.0","id":1.5,"method":"ping"}', null],
])("a frame that is no request is answered as invalid, and the server goes on: %s", async (frame, id) => {
  const { answersTo } = open();
  expect(await answersTo(`${frame}\n`)).toMatchObject(coded(id, -32600));
});

it.each(['{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":"x"}}', '{"id":7,"result":1}'])(
  "an answer of the client is never answered, because two programs would go on for ever: %s",
  async (frame) => {
    const { answersTo } = open();
    expect(await answersTo(`${frame}\n`)).toEqual([]);
  },
);

it("empty lines are no frames", async () => {
  const { answersTo } = open();
  expect(await answersTo("\n", "\r\n", " \n")).toEqual([]);
});

const large = (start: string, end: string) => [start, "x".repeat(11 * MEBIBYTE), `${end}\n`];

it.each([
  ['{"jsonrpc":"2.0","method":"tools/call","params":{"name":"', '"},"id":7}', 7],
  ['{"method":"tools/call","params":{"name":"', '"},"jsonrpc":"2.0","id":"a-1"}', "a-1"],
  ['{"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"', '"}}', 8],
  ['{"method":"tools/call","params":{"name":"', '","id":9}}', null],
  ["", "", null],
])(
  "a frame that is too large is answered with its id, and the server goes on: %s… %s",
  async (start, end, id) => {
    const { answersTo } = open();
    expect(await answersTo(...large(start, end))).toMatchObject(coded(id, -32600));
  },
);

it("many frames in one chunk of more than the largest frame are all answered", async () => {
  const { answersTo } = open();
  const frame = (id: number) =>
    `${JSON.stringify({ jsonrpc: "2.0", id, method: "ping", params: { _meta: { x: "x".repeat(3 * MEBIBYTE) } } })}\n`;
  const answers = await answersTo([1, 2, 3, 4].map(frame).join(""));
  expect(answers).toMatchObject([1, 2, 3, 4].map((id) => ({ id, result: {} })));
});

it("a frame is the same wherever its bytes are cut", async () => {
  const { answersTo } = open();
  const text = '{"jsonrpc":"2.0","id":"ü😀","method":"ping"}\r\n\n{"id":"é"}\nß\n';
  const whole = await answersTo(text);
  expect(whole).toHaveLength(3);
  const bytes = new TextEncoder().encode(text);
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.nat(bytes.length), { maxLength: 5 }), async (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
      const parts = places.slice(1).map((end, index) => bytes.slice(places[index], end));
      const byText = (a: Answer, b: Answer) => JSON.stringify(a).localeCompare(JSON.stringify(b));
      expect((await answersTo(...parts)).sort(byText)).toEqual([...whole].sort(byText));
    }),
    { numRuns: 30 },
  );
});

it.each(["arguments", "_meta"])("a request of many levels in its %s has an answer", async (key) => {
  const { answersTo, answerTo } = open();
  const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
  const params = `{"name":"sync","${key}":{"progressToken":1,"as":${deep}}}`;
  await answersTo(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${params}}\n`);
  expect(await answerTo(1)).toHaveProperty("result");
});
