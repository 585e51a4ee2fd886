import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Project } from "../../../src/domain/claims/claim.ts";
import { projectName } from "../../../src/domain/claims/project.ts";
import { hostileText } from "../../support/hostile.ts";

describe("the name of a project", () => {
  it.each([
    ["git@github.com:team/App.git", "app"],
    ["https://github.com/ada/app", "app"],
    ["https://ada:s3cret@github.com/ada/app.git/", "app"],
    ["ssh://git@host:22/srv/app.git", "app"],
    ["/home/ada/work/app", "app"],
    ["C:\\work\\app\\", "app"],
    ["app", "app"],
    ["", "project"],
    ["/", "project"],
  ])("is the last one of where it lies: %s", (place, name) => {
    expect(projectName(place)).toBe(name);
  });

  it("is a valid name for any location, and is its own project name", () => {
    return fc.assert(
      fc.property(hostileText, (place) => {
        const name = projectName(place);
        expect(projectName(name)).toBe(name);
        expect(Project.safeParse(name).success).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});
