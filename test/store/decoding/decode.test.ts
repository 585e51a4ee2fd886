import { describe, expect, it } from "vitest";
import { DECODERS } from "../../../src/store/decoding/formats.ts";
import { examineFile } from "../../../src/store/validation/examine.ts";

const PATH = "coordination/REGISTRY.json";

/** A registry with a fault in each entry; they are more than fit on a stack. */
const entries = Array.from({ length: 150_000 }, (_, n) => `"${n}":0`);
const FAULTS = Buffer.from(`{"registry_version":"1.0","sessions":{${entries.join()}}}`);

const FINDING = { path: PATH, line: 1, column: 1, rule: "schema", message: expect.any(String) };

describe("a file with more faults than fit on the stack", () => {
  it("is a finding of whoever reads it", async () => {
    expect(await DECODERS.registry(PATH, FAULTS)).toEqual({ finding: FINDING });
  });

  it("is a finding of the validation", async () => {
    expect(await examineFile("registry", PATH, FAULTS)).toEqual({ findings: [FINDING] });
  });
});
