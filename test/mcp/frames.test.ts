import fc from "fast-check";
import { expect, it } from "vitest";
import { type Answer, openWire } from "../support/mcp-wire.ts";

const MEBIBYTE = 1024 * 1024;

const coded = (id: unknown, code: number) => [{ jsonrpc: "2.0", id, error: { code } }];

it.each([
  "not JSON",
  '{"jsonrpc":"2.0","id":1,"method":',
  '{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]',
  "\ufeff{}",
  "undefined",
  "Content-Length: 52\r",
])("a frame that is not JSON is answered as a parse error, and the server goes on: %j", async (frame) => {
  const { answersTo } = openWire();
  expect(await answersTo(`${frame}\n`)).toMatchObject(coded(null, -32700));
});

it("a frame that is not UTF-8 is answered as a parse error", async () => {
  const { answersTo } = openWire();
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
  const { answersTo } = openWire();
  expect(await answersTo(`${frame}\n`)).toMatchObject(coded(id, -32600));
});

it.each(['{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":"x"}}', '{"id":7,"result":1}'])(
  "an answer of the client is never answered, because two programs would go on for ever: %s",
  async (frame) => {
    const { answersTo } = openWire();
    expect(await answersTo(`${frame}\n`)).toEqual([]);
  },
);

it("empty lines are no frames", async () => {
  const { answersTo } = openWire();
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
    const { answersTo } = openWire();
    expect(await answersTo(...large(start, end))).toMatchObject(coded(id, -32600));
  },
);

it("many frames in one chunk of more than the largest frame are all answered", async () => {
  const { answersTo } = openWire();
  const frame = (id: number) =>
    `${JSON.stringify({ jsonrpc: "2.0", id, method: "ping", params: { _meta: { x: "x".repeat(3 * MEBIBYTE) } } })}\n`;
  const answers = await answersTo([1, 2, 3, 4].map(frame).join(""));
  expect(answers).toMatchObject([1, 2, 3, 4].map((id) => ({ id, result: {} })));
});

it("a frame is the same wherever its bytes are cut", async () => {
  const { answersTo } = openWire();
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
  const { answersTo, answerTo } = openWire();
  const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
  const params = `{"name":"sync","${key}":{"progressToken":1,"as":${deep}}}`;
  await answersTo(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${params}}\n`);
  expect(await answerTo(1)).toHaveProperty("result");
});
