import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Message } from "../../../src/domain/messages/message.ts";
import { encodeMessage } from "../../../src/domain/messages/write.ts";
import { Text } from "../../../src/domain/values/text.ts";
import { parseMessage } from "../../../src/store/decoding/front-matter.ts";
import { aMessage } from "../../support/builders.ts";

async function readBack(message: Message): Promise<unknown> {
  return Message.parse(await parseMessage(encodeMessage(message)));
}

const anyBody = fc
  .oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.string({ unit: fc.constantFrom("-", "\n", ":", " ", "a") }),
  )
  .map((text) => Text.safeParse(text).data)
  .filter((text) => text !== undefined);
const anyLine = fc.string({ unit: "binary", maxLength: 60 });
const forbidden = new Set([
  "__proto__",
  "constructor",
  "prototype",
  "",
  ...Object.keys(aMessage()),
  "subject",
]);
const anyKey = fc
  .string({ unit: "binary", maxLength: 20 })
  .filter((key) => !forbidden.has(key) && key.isWellFormed());
const anyExtra = fc.dictionary(
  anyKey,
  fc.oneof(anyLine, fc.boolean(), fc.integer(), fc.array(anyLine, { maxLength: 3 })),
  {
    maxKeys: 3,
    noNullPrototype: true,
  },
);

describe("a message file", () => {
  it("reads as front matter and body", () => {
    expect(encodeMessage(aMessage({ subject: 'A "b"', body: "Hello\n\nthere" }))).toBe(
      [
        "---",
        'id: "01KG9M2V0000000000000000AA"',
        'from: "session-1"',
        'to: "all"',
        'priority: "normal"',
        'sent_at: "2026-01-31T12:00:00Z"',
        'subject: "A \\"b\\""',
        "---",
        "Hello",
        "",
        "there",
        "",
      ].join("\n"),
    );
  });

  it("is read back with any text, subject and unknown key", async () => {
    await fc.assert(
      fc.asyncProperty(
        anyBody,
        fc.option(anyLine, { nil: undefined }),
        anyExtra,
        async (body, subject, extra) => {
          const message = aMessage({ ...extra, body, ...(subject === undefined ? {} : { subject }) });
          expect(await readBack(message)).toEqual(message);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each([
    ["front matter of its own", "---\nfrom: mallory\n---\nHello"],
    ["a closing line", "a\n---\nb"],
    ["a closing line alone", "---"],
    ["white space", "  a\n  b"],
  ])("may have a body with %s", async (_, body) => {
    expect(await readBack(aMessage({ body }))).toMatchObject({ from: "session-1", body });
  });

  it.each(["yes", "no", "12:30", "0123", "1e3", "null", "2026-01-31", "*a", "!!js/function x", "{", "#", ""])(
    "keeps the text %j a text",
    async (subject) => {
      expect(await readBack(aMessage({ subject, x: subject }))).toMatchObject({ subject, x: subject });
    },
  );

  it.each(["true", "yes", "y", "a b", "a: b", "#", "A", "1", "\u2028"])(
    "keeps the key %j a key",
    async (key) => {
      expect(await readBack(aMessage({ [key]: "value" }))).toMatchObject({ [key]: "value" });
    },
  );

  it("has no character that YAML forbids in a quoted text", () => {
    const subject = "\u007f\u0085\u009f\u2028\u2029\ufeff\ufffe\uffff\ud800";
    expect(encodeMessage(aMessage({ subject }))).toMatch(/^[\n\x20-\x7e]*$/);
  });
});
