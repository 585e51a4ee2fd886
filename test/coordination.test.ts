import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decide } from "../src/domain/decide.ts";
import { init } from "../src/domain/maintenance/operations/init.ts";
import { anOperation, aState, changeOf } from "./support/builders.ts";

const FOLDER = new URL("../coordination/", import.meta.url).pathname;
const made = changeOf(decide(init, aState(), anOperation()));
const SCHEMAS = made.paths.filter((path) => path.startsWith("schema/"));

describe("this repository's own hub folder", () => {
  it.each(["hive.yaml", "taxonomy.yaml", "README.md", ".gitattributes", ...SCHEMAS])(
    "has the %s that hive init writes",
    (path) => {
      expect(readFileSync(join(FOLDER, path), "utf8")).toBe(made.text(path)?.replace(/^id: .*\n/m, ""));
    },
  );

  it("has no schema that hive init does not write", () => {
    expect(
      readdirSync(join(FOLDER, "schema"))
        .map((name) => `schema/${name}`)
        .sort(),
    ).toEqual(SCHEMAS);
  });
});
