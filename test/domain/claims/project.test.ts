import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Project, Repository } from "../../../src/domain/claims/claim.ts";
import {
  type ClaimProject,
  isSameProject,
  ownedName,
  projectName,
} from "../../../src/domain/claims/project.ts";
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

describe("the full name of a repository", () => {
  it.each([
    ["git@github.com:Team/App.git", "team/app"],
    ["https://ada:s3cret@github.com/team/app.git/", "team/app"],
    ["ssh://git@host:22/srv/team/app.git", "team/app"],
    ["https://gitlab.com/group/sub/app", "sub/app"],
    ["work:team/app", "team/app"],
    ["ssh://git@host/app.git", undefined],
    ["git@host:app.git", undefined],
    ["/srv/git/app.git", undefined],
    ["file:///srv/git/app.git", undefined],
    ["../app", undefined],
    ["C:\\work\\team\\app", undefined],
    ["C:/work/team/app", undefined],
    ["", undefined],
  ])("is the last one with its owner: %s", (url, name) => {
    expect(ownedName(url)).toBe(name);
  });

  it("is valid for any address, and ends with the short name", () => {
    return fc.assert(
      fc.property(hostileText, hostileText, (owner, name) => {
        const full = ownedName(`https://example.org/${owner}/${name}`);
        if (full === undefined) return;
        expect(Repository.safeParse({ names: [full], first_commits: [] }).success).toBe(true);
        expect(Project.safeParse(projectName(full)).success).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("two projects are the same", () => {
  const [A, B] = ["a", "b"].map((digit) => digit.repeat(40)) as [string, string];
  const facts = (names: string[], first_commits: string[] = []) => ({ names, first_commits });
  it.each<[string, boolean, ClaimProject, ClaimProject]>([
    [
      "with the same full name",
      true,
      { project: "app", repository: facts(["a/app"]) },
      { project: "app", repository: facts(["a/app"]) },
    ],
    [
      "not with another owner",
      false,
      { project: "app", repository: facts(["a/app"]) },
      { project: "app", repository: facts(["b/app"]) },
    ],
    [
      "before and after a new name",
      true,
      { project: "shop", repository: facts(["a/shop", "a/app"]) },
      { project: "app", repository: facts(["a/app"]) },
    ],
    [
      "where one has the other as a remote",
      true,
      { project: "app", repository: facts(["me/app", "team/app"]) },
      { project: "app", repository: facts(["team/app"]) },
    ],
    [
      "with the same first commit, in folders of two names",
      true,
      { project: "app", repository: facts([], [A]) },
      { project: "work", repository: facts([], [B, A]) },
    ],
    [
      "not with two histories",
      false,
      { project: "app", repository: facts([], [A]) },
      { project: "app", repository: facts([], [B]) },
    ],
    [
      "where an older version has only the short name",
      true,
      { project: "app", repository: facts(["a/app"]) },
      { project: "app" },
    ],
    [
      "where it has the former one",
      true,
      { project: "shop", repository: facts(["a/shop", "a/app"]) },
      { project: "app" },
    ],
    ["not with two short names", false, { project: "app" }, { project: "web" }],
    ["not where none is known", false, {}, {}],
  ])("%s", (_, isSame, one, other) => {
    expect([isSameProject(one, other), isSameProject(other, one)]).toEqual([isSame, isSame]);
  });
});
