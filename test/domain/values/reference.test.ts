import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isReference } from "../../../src/domain/values/reference.ts";

const REQUEST = "collab-1763229251-brw7";
const MESSAGE = "01KG9M2V00G7QY6DXN35GNTXVW";

describe("a text names an id", () => {
  it.each([
    [REQUEST, REQUEST],
    ["collab-1763", REQUEST],
    ["brw7", REQUEST],
    ["BRW7", REQUEST],
    ["251-brw7", REQUEST],
    ["1763229", REQUEST],
    [MESSAGE, MESSAGE],
    ["01kg9m2v", MESSAGE],
    ["TXVW", MESSAGE],
  ])("%s names %s", (text, id) => {
    expect(isReference(text, id)).toBe(true);
  });

  it.each([
    ["", REQUEST],
    ["rw7", REQUEST],
    ["collab", REQUEST],
    ["collab-", REQUEST],
    ["lab-1763229251-brw7", REQUEST],
    ["collab-brw7", REQUEST],
    ["3229", REQUEST],
    ["XVW", MESSAGE],
    ["9M2V", MESSAGE],
  ])("%j does not name %s", (text, id) => {
    expect(isReference(text, id)).toBe(false);
  });

  it("by any start and end of four characters or more", () => {
    return fc.assert(
      fc.property(fc.integer({ min: 4, max: MESSAGE.length }), (length) => {
        expect(isReference(MESSAGE.slice(0, length), MESSAGE)).toBe(true);
        expect(isReference(MESSAGE.slice(-length), MESSAGE)).toBe(true);
      }),
    );
  });
});
