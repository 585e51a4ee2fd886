import { describe, expect, it } from "vitest";
import { DEFAULT_TAXONOMY } from "../../../src/domain/hub/default-taxonomy.ts";
import { proposeProfile, specializationsIn } from "../../../src/domain/sessions/propose-profile.ts";

const propose = (paths: string[], names: string[] = []) => proposeProfile({ paths, names }, DEFAULT_TAXONOMY);

describe("a profile that nobody wrote", () => {
  it("has the languages that most files are written in, data and prose aside", () => {
    const paths = ["a.py", "b.py", "c.go", "README.md", "data.json", "d.go", "e.py", "x.rs", "y.sh"];
    expect(propose(paths)).toEqual({ specialty: "python", skills: ["python", "go", "rust"] });
  });

  it("has before them what the hub's taxonomy knows of folders, dependencies and the project's name", () => {
    expect(propose(["ui/a.ts"], ["shop-api", "react"])).toEqual({
      specialty: "react",
      skills: ["react", "ui", "typescript"],
    });
  });

  it("is empty where nothing can be seen", () => {
    expect(propose([])).toEqual({ specialty: "", skills: [] });
    expect(propose(["constructor/x.constructor", "__proto__"])).toEqual({ specialty: "", skills: [] });
  });
});

it("a text's words that the taxonomy has are found once each, in their order", () => {
  expect(specializationsIn("Deploy the Dashboard, then deploy it again (React!)", DEFAULT_TAXONOMY)).toEqual([
    "deploy",
    "dashboard",
    "react",
  ]);
});
