import { describe, expect, it } from "vitest";
import { DEFAULT_TAXONOMY } from "../../../src/domain/hub/default-taxonomy.ts";
import { proposeProfile, specializationsIn } from "../../../src/domain/sessions/propose-profile.ts";

const propose = (paths: string[], names: string[] = []) => proposeProfile({ paths, names }, DEFAULT_TAXONOMY);

describe("a proposed profile", () => {
  it("has the most frequent languages of the files, without data and prose", () => {
    const paths = ["a.py", "b.py", "c.go", "README.md", "data.json", "d.go", "e.py", "x.rs", "y.sh"];
    expect(propose(paths)).toEqual({ specialty: "python", skills: ["python", "go", "rust"] });
  });

  it("starts with the words of folders, dependencies and the project's name that the taxonomy has", () => {
    expect(propose(["ui/a.ts"], ["shop-api", "react"])).toEqual({
      specialty: "react",
      skills: ["react", "ui", "typescript"],
    });
  });

  it("is empty for a project without known files", () => {
    expect(propose([])).toEqual({ specialty: "", skills: [] });
    expect(propose(["constructor/x.constructor", "__proto__"])).toEqual({ specialty: "", skills: [] });
  });
});

it("the words of a text that the taxonomy has are found once each, in order", () => {
  expect(specializationsIn("Deploy the Dashboard, then deploy it again (React!)", DEFAULT_TAXONOMY)).toEqual([
    "deploy",
    "dashboard",
    "react",
  ]);
});
