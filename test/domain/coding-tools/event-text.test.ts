import fc from "fast-check";
import { expect, it } from "vitest";
import { isWholeEvent, parseEvent } from "../../../src/domain/coding-tools/event-text.ts";

const EVENT = { session_id: "s", prompt: 'a "b" {c} \\ \u001b', more: { list: [1, "}"] } };
const TEXT = JSON.stringify(EVENT);

it.each([
  ["as it is", TEXT],
  ["after one byte-order mark", `\ufeff${TEXT}`],
  ["after two", `\ufeff\ufeff${TEXT}`],
  ["with line ends around it", `\r\n${TEXT}\r\n`],
  ["with another event behind it", `${TEXT}\n{"session_id": "t"}`],
  ["with zeros behind it", `${TEXT}\0\0`],
])("an event is read %s", (_, text) => {
  expect(parseEvent(text)).toEqual(EVENT);
});

it.each([TEXT, `\ufeff${TEXT}\r\n`, '{"a": "\t"}'])("a whole event is one: %j", (text) => {
  expect(isWholeEvent(text)).toBe(true);
});

it("raw control characters in strings are kept", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("a", "\n", "\t", "\u001b", "\0", "{", "}", "é") }),
      (prompt) => {
        expect(parseEvent(`{"prompt": "${prompt}",\n "n": 1}`)).toEqual({ prompt, n: 1 });
      },
    ),
  );
});

it.each(["", "{", "null x", '{"a": "}', '{"a": 1', "}{"])("what is no whole event is none: %j", (text) => {
  expect(isWholeEvent(text)).toBe(false);
});

it.each(["{", "}", '"', '\\"', '{"', "\u0001"])("8 MB of %j are judged at once", (part) => {
  const start = performance.now();
  expect(isWholeEvent(part.repeat(8_000_000 / part.length))).toBe(false);
  expect(performance.now() - start).toBeLessThan(1000);
});
