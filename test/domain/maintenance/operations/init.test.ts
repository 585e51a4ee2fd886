import { describe, expect, it } from "vitest";
import { decide } from "../../../../src/domain/decide.ts";
import { init } from "../../../../src/domain/maintenance/operations/init.ts";
import { Registry } from "../../../../src/domain/sessions/session.ts";
import { anOperation, aState, changeOf } from "../../../support/builders.ts";

const SCHEMAS = [
  "claim",
  "collaboration",
  "heartbeat",
  "message",
  "registry",
  "retired",
  "session",
  "settings",
  "taxonomy",
];

describe("making a hub", () => {
  it("writes settings, taxonomy, schemas, empty generated files and README files", () => {
    expect(changeOf(decide(init, aState(), anOperation())).paths).toEqual([
      ".gitattributes",
      "MESSAGES.md",
      "README.md",
      "REGISTRY.json",
      "hive.yaml",
      ...SCHEMAS.map((name) => `schema/${name}.json`),
      "taxonomy.yaml",
    ]);
  });

  it("starts with an empty registry", () => {
    const { json } = changeOf(decide(init, aState(), anOperation()));
    expect(Registry.parse(json("REGISTRY.json"))).toEqual({ registry_version: "1.0", sessions: {} });
  });

  it.each(SCHEMAS)("writes the JSON Schema of a %s", (name) => {
    const { json } = changeOf(decide(init, aState(), anOperation()));
    expect(json(`schema/${name}.json`)).toMatchObject({
      title: `git-hive ${name}`,
      $schema: "https://json-schema.org/draft/2020-12/schema",
      type: "object",
    });
  });

  it("ends every file with a newline", () => {
    const { paths, text } = changeOf(decide(init, aState(), anOperation()));
    for (const path of paths) expect(text(path)).toMatch(/[^\n]\n$/);
  });

  it("keeps existing files", () => {
    const paths = new Set(["coordination/README.md", ".github/workflows/README.md"]);
    const change = changeOf(decide(init, aState({ paths }), anOperation()));
    expect(change.paths).not.toContain("README.md");
    expect(change.paths).not.toContain(".github/workflows/README.md");
    expect(change.paths).toContain("hive.yaml");
  });

  it("changes nothing on a hub", () => {
    const state = aState({ paths: new Set(["coordination/hive.yaml"]) });
    expect(decide(init, state, anOperation())).toEqual({ kind: "nothing", result: { created: false } });
  });

  it("writes the same bytes every time", () => {
    expect(decide(init, aState(), anOperation())).toEqual(
      decide(init, aState(), anOperation({}, { session: "session-9" })),
    );
  });
});
