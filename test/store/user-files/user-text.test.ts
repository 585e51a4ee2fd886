import fc from "fast-check";
import { expect, it } from "vitest";
import { bytesOf, readBytes } from "../../../src/store/user-files/user-text.ts";

const TEXT = "# Règles\r\n“house”\n";
const utf16be = (text: string) => Buffer.from(text, "utf16le").swap16();

it.each([
  ["UTF-8", Buffer.from(TEXT), "utf8", TEXT],
  ["UTF-8 with a mark", Buffer.from(`\ufeff${TEXT}`), "utf8", `\ufeff${TEXT}`],
  ["UTF-16, little end first", Buffer.from(TEXT, "utf16le"), "utf16le", TEXT],
  ["the same with a mark", Buffer.from(`\ufeff${TEXT}`, "utf16le"), "utf16le", `\ufeff${TEXT}`],
  ["UTF-16, big end first", utf16be(TEXT), "utf16be", TEXT],
  ["the same with a mark", utf16be(`\ufeff${TEXT}`), "utf16be", `\ufeff${TEXT}`],
  [
    "UTF-16 of a language without ASCII letters",
    Buffer.from("# 规则\n用制表符\n", "utf16le"),
    "utf16le",
    "# 规则\n用制表符\n",
  ],
  ["Latin-1", Buffer.from("Règles\n", "latin1"), "latin1", "Règles\n"],
  ["Windows-1252", Buffer.from("x\x93y\x94\n", "latin1"), "latin1", "x\x93y\x94\n"],
])("a text in %s is read as what it is", (_, bytes, encoding, text) => {
  expect(readBytes(bytes)).toEqual({ text, encoding });
});

it("any bytes come back as they were", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      expect(bytesOf(readBytes(Buffer.from(bytes)))).toEqual(Buffer.from(bytes));
    }),
  );
});
