import { describe, expect, it } from "vitest";
import { Line, Note, TEXT_LIMIT, Text } from "../../../src/domain/values/text.ts";

describe("a line", () => {
  it("is trimmed", () => {
    expect(Line.parse("  Frontend \n")).toBe("Frontend");
  });

  it.each([
    ["one of 400 characters", "x".repeat(400), true],
    ["one of 401 characters", "x".repeat(401), false],
    ["one in any script", "Größe 字 😀", true],
    ["nothing", "", false],
    ["spaces alone", " \t ", false],
    ["two lines", "a\nb", false],
    ["a line separator", "a\u2028b", false],
    ["a tab", "a\tb", false],
    ["an escape", "a\u001bb", false],
    ["a C1 control", "a\u009bb", false],
    ["a delete", "a\u007fb", false],
    ["a NUL", "a\0b", false],
  ])("may be %s", (_, text, isOne) => {
    expect(Line.safeParse(text).success).toBe(isOne);
  });

  it("is valid Unicode, as a text is", () => {
    expect(Line.safeParse("a\ud800b").success).toBe(false);
  });
});

describe("a text", () => {
  it("is trimmed, with line feeds for line ends", () => {
    expect(Text.parse("\n a\r\nb \n")).toBe("a\nb");
  });

  it.each([
    ["one as long as it may be", "x".repeat(TEXT_LIMIT), true],
    ["a longer one", "x".repeat(TEXT_LIMIT + 1), false],
    ["one with terminal controls, which readers make visible", "a\u001b[31m\u202eb", true],
    ["quotes, dollars, backslashes and JSON", `"'$(id)\\n{"a":[1]}`, true],
    ["front matter", "---\nfrom: mallory\n---", true],
    ["nothing", "", false],
    ["line ends alone", "\r\n\r\n", false],
    ["a NUL", "a\0b", false],
    ["half of a pair", "a\udc00b", false],
  ])("may be %s", (_, text, isOne) => {
    expect(Text.safeParse(text).success).toBe(isOne);
  });

  it("is at most 4,000 characters long as a note", () => {
    expect(Note.parse(" a\r\nb ")).toBe("a\nb");
    expect(Note.safeParse("x".repeat(4001)).success).toBe(false);
  });

  it.each([
    ["a line", Line],
    ["a text", Text],
  ])("is not a number: %s", (_, schema) => {
    expect(schema.safeParse(42).success).toBe(false);
  });
});
