import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MESSAGE_SHAPE } from "../../../src/importers/bash-tools/message-drafts.ts";
import { salvageFields } from "../../../src/importers/bash-tools/salvage-fields.ts";

const REQUEST = { keys: ["request_id", "from_session", "request", "urgency", "status"], text: "request" };

/** A message as the old tools wrote it: the text goes unescaped between the quotes. */
function paste(message: string, subject = "Hello"): string {
  return `{\n  "from": "a-1",\n  "to": "broadcast",\n  "subject": "${subject}",\n  "message": "${message}"\n}\n`;
}

function isValid(json: string): boolean {
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}

describe("salvaging the fields of a broken file", () => {
  it.each([
    ["line breaks", "\nfirst\n\nsecond\n"],
    ["an escaped exclamation mark", "Confirm readiness\\!"],
    ["quotes", 'run it with "your-session-id" 2 "Your Role"'],
    ["a quote at both ends", '"quoted"'],
    ["a backslash at the end", "C:\\temp\\"],
    ["valid and invalid escapes together", "one\\ntwo\\!"],
    ["what looks like the end of the file", 'he wrote "}\nand went on'],
    ["a field that is there already", 'x", "subject": "y'],
    ["a whole message", paste("inner\n")],
    ["braces and brackets", "{[}]{{"],
    ["a tab", "a\tb"],
  ])("keeps a text with %s character by character", (_, text) => {
    expect(salvageFields(paste(text), MESSAGE_SHAPE)).toEqual({
      from: "a-1",
      to: "broadcast",
      subject: "Hello",
      message: text,
    });
  });

  it("keeps a text pasted into the subject, and the empty text after it", () => {
    const subject = 'VOTE:\n- "yes"\n- no\\!';
    expect(salvageFields(paste("", subject), MESSAGE_SHAPE)).toMatchObject({ subject, message: "" });
  });

  it("decodes the escapes of a value that is valid as a whole", () => {
    expect(salvageFields(paste("a\nb", "caf\\u00e9\\n"), MESSAGE_SHAPE)).toMatchObject({
      subject: "café\n",
      message: "a\nb",
    });
  });

  it("separates the fields after a pasted text from it", () => {
    const file =
      '{"request_id": "collab-1", "request": "fix "it"\nnow", "urgency": "high", "status": "pending"}';
    expect(salvageFields(file, REQUEST)).toEqual({
      request_id: "collab-1",
      request: 'fix "it"\nnow',
      urgency: "high",
      status: "pending",
    });
  });

  it("separates each field once", () => {
    const file = '{"request": "say "a", "urgency": "b", "urgency": "high"}';
    expect(salvageFields(file, REQUEST)).toEqual({ request: 'say "a", "urgency": "b', urgency: "high" });
  });

  it("leaves unknown fields after a pasted text in the text, because they may be quoted", () => {
    const file = '{"request": "say "a", "b": "c"\n", "urgency": "high"}';
    expect(salvageFields(file, REQUEST)).toEqual({ request: 'say "a", "b": "c"\n', urgency: "high" });
  });

  it("keeps unknown fields before it, lists and objects among them", () => {
    const file = '{"tags": ["a", "b]"], "deep": {"x": {"y": 1}}, "n": 1.5, "message": "a\nb"}';
    expect(salvageFields(file, MESSAGE_SHAPE)).toEqual({
      tags: ["a", "b]"],
      deep: { x: { y: 1 } },
      n: 1.5,
      message: "a\nb",
    });
  });

  it.each([
    ["without the closing brace", '{"from": "a-1", "message": "half a\nsentence"', "half a\nsentence"],
    ["inside the text", '{"from": "a-1", "message": "half a\nsent', "half a\nsent"],
    ["with a comma too many", '{"from": "a-1", "message": "a\nb",\n}\n', "a\nb"],
  ])("keeps the text of a file that ends %s", (_, file, message) => {
    expect(salvageFields(file, MESSAGE_SHAPE)).toEqual({ from: "a-1", message });
  });

  it.each(["", "{", "hello", '{"from', "[1, 2]", "\u0000", '{"from" "a"}'])("finds nothing in %j", (file) => {
    expect(salvageFields(file, MESSAGE_SHAPE)).toEqual({});
  });

  it("keeps an unexpanded command unchanged", () => {
    const file = '{"timestamp": $(date -u), "message": "a"}';
    expect(salvageFields(file, MESSAGE_SHAPE)).toEqual({ timestamp: "$(date -u)", message: "a" });
  });

  it("recovers completely any text that makes the file invalid", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({
        unit: fc.constantFrom('"', "\\", "\n", "!", ",", ":", "{", "}", " ", "a", "message", "subject"),
      }),
    );
    return fc.assert(
      fc.property(text, (pasted) => {
        fc.pre(!isValid(paste(pasted)));
        const encoded = isValid(`"${pasted}"`) ? JSON.parse(`"${pasted}"`) : pasted;
        expect(salvageFields(paste(pasted), MESSAGE_SHAPE).message).toBe(encoded);
      }),
      { numRuns: 2000 },
    );
  });

  it("never throws", () => {
    return fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', "\\", "\n", ",", ":", "{", "}", "[", "]", "1", "message") }),
        (file) => {
          expect(salvageFields(`{${file}`, MESSAGE_SHAPE)).toBeTypeOf("object");
        },
      ),
      { numRuns: 2000 },
    );
  });
});
