import { describe, expect, it } from "vitest";
import { Ulid } from "../../../src/domain/values/ids.ts";
import { ulidsFrom } from "../../../src/domain/values/ulid.ts";

describe("ids counted up from a first id", () => {
  it.each([
    ["01KG9M2V000000000000000000", ["01KG9M2V000000000000000000", "01KG9M2V000000000000000001"]],
    ["01KG9M2V00000000000000000H", ["01KG9M2V00000000000000000H", "01KG9M2V00000000000000000J"]],
    ["01KG9M2V0000000000000000ZZ", ["01KG9M2V0000000000000000ZZ", "01KG9M2V000000000000000100"]],
  ])("start with %s itself", (first, ids) => {
    expect(ulidsFrom(Ulid.parse(first), 2)).toEqual(ids);
  });

  it("keep the time of the first id, also when the random part overflows", () => {
    const ids = ulidsFrom(Ulid.parse("01KG9M2V00ZZZZZZZZZZZZZZZZ"), 3);
    expect(ids.map((id) => Ulid.parse(id).slice(0, 10))).toEqual(Array(3).fill("01KG9M2V00"));
    expect(new Set(ids).size).toBe(3);
  });

  it("are none for a count of 0", () => {
    expect(ulidsFrom(Ulid.parse("01KG9M2V000000000000000000"), 0)).toEqual([]);
  });
});
