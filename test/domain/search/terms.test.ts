import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTerms, readWords, stem } from "../../../src/domain/search/terms.ts";

describe("the terms of a text", () => {
  it.each([
    ["leaves out words that say nothing", "Can you please help us with the API?", ["api"]],
    [
      "leaves out what an apostrophe cuts off",
      "We're sure it doesn't use Google's login",
      ["sure", "googl", "login"],
    ],
    ["keeps words in quotes", "'deploy' ‘staging’", ["deploy", "stage"]],
    ["leaves out bare numbers and stray letters", "40 users, x 8", ["user"]],
    ["keeps the languages C and R", "C and R", ["c", "r"]],
    ["keeps the signs of C++ and C#", "C++, C#.", ["c++", "c#"]],
    ["reads a compound in parts and as one", "front-end", ["front", "end", "frontend"]],
    ["reads a dotted name in parts and as one", "Node.js", ["node", "js", "nodej"]],
    ["folds accents", "Café", ["cafe"]],
    ["folds full-width letters", "ＡＰＩ", ["api"]],
  ])("%s", (_, text, terms) => {
    expect(readTerms(text)).toEqual(terms);
  });

  it.each([
    ["deploy", ["deploys", "deployed", "deploying", "deployment", "deployments"]],
    ["test", ["tests", "testing", "tested"]],
    ["optimize", ["optimise", "optimized", "optimisation", "optimizing"]],
    ["visualize", ["visualise", "visualization", "visualisation"]],
    ["automate", ["automation", "automated"]],
  ])("treats the forms of %s as one", (word, forms) => {
    expect(forms.map(stem)).toEqual(forms.map(() => stem(word)));
  });

  it.each([
    ["ai", "maintain"],
    ["ai", "email"],
    ["ui", "build"],
    ["java", "javascript"],
    ["data", "database"],
    ["deploy", "employ"],
  ])("keeps %s apart from %s", (word, other) => {
    expect(readTerms(other)).not.toContain(stem(word));
  });

  it("shows words as they were written", () => {
    expect(readWords("Build the Real-Time UI").map((word) => word.text)).toEqual([
      "Build",
      "Real-Time",
      "UI",
    ]);
  });

  it("reads any text into terms without white space", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const term of readTerms(text)) expect(term).toMatch(/^\S+$/);
      }),
    );
  });
});
