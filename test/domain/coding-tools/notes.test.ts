import fc from "fast-check";
import { expect, it } from "vitest";
import { NOTES, withNotes, withoutNotes } from "../../../src/domain/coding-tools/notes.ts";

const BEGIN = NOTES.split("\n")[0] ?? "";
const END = NOTES.split("\n").at(-1) ?? "";

/** Texts with every line end, and with parts of notes that a user may have written about. */
const texts = fc
  .array(fc.constantFrom("# Title", "a", " ", "\n", "\r\n", "\r", "\ufeff", "\0", "é", BEGIN, END))
  .map((parts) => parts.join(""))
  .filter((text) => withoutNotes(text) === text);

it("are one block, and ASCII, so that they fit into every encoding", () => {
  expect(NOTES).toMatch(/^[\n\x20-\x7e]+$/);
});

it("taken out again leave any text as it was", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const noted = withNotes(text);
      expect(noted).toContain(BEGIN);
      expect(withNotes(noted)).toBe(noted);
      expect(withoutNotes(noted)).toBe(text);
    }),
    { numRuns: 1000 },
  );
});

it.each([
  ["more after them", (noted: string) => `${noted}More\n`, "Mine\nMore\n"],
  ["more before them", (noted: string) => `New\n${noted}`, "New\nMine\n"],
  ["no empty line before them", (noted: string) => noted.replace("\n\n", "\n"), "Mine\n"],
])("leave what the user wrote since: %s", (_, change, left) => {
  expect(withoutNotes(change(withNotes("Mine\n")))).toBe(left);
});
