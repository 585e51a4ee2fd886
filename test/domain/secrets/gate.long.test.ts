import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findSecrets } from "../../../src/domain/secrets/find.ts";
import { fold, ROWS, secretNames } from "../../../src/domain/secrets/names.ts";
import { prompts } from "./prompts.ts";
import { shapes } from "./shapes.ts";

const everywhere = () => true;
const texts = [...shapes.map(({ text }) => text), ...prompts];

describe("a search only where something may be found", () => {
  it("finds the same as a search everywhere, in each known text", () => {
    for (const text of texts)
      expect({ text, found: findSecrets(text) }).toEqual({ text, found: findSecrets(text, everywhere) });
  });

  it("finds the same in texts that are cut and joined anywhere", () => {
    const part = fc
      .tuple(fc.constantFrom(...texts), fc.nat(80), fc.nat(80))
      .map(([text, from, length]) => text.slice(from, from + length));
    fc.assert(
      fc.property(
        fc.array(fc.oneof(part, fc.string({ unit: "binary", maxLength: 8 })), { maxLength: 4 }),
        (parts) => {
          const text = parts.join(" ");
          expect(findSecrets(text)).toEqual(findSecrets(text, everywhere));
        },
      ),
    );
  });

  it.each(ROWS)("each name of a kind has one of its parts: $kind $parts", ({ source, parts }) => {
    // Edges of words, which no text can be made for.
    const pattern = new RegExp(`^(?:${source.replaceAll("\\b", "")})$`, "u");
    fc.assert(
      fc.property(fc.stringMatching(pattern), (name) => {
        const folded = fold(name);
        expect(parts.some((part) => folded.includes(part))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it("makes no pattern for a text without the name of a secret", () => {
    const gates: boolean[] = [];
    const seen = [
      ...secretNames("moving the parser to a new folder", (mayMatch) => {
        gates.push(mayMatch);
        return mayMatch;
      }),
    ];
    expect(seen).toEqual([]);
    expect(gates.filter(Boolean)).toEqual([]);
  });
});
