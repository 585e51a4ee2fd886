import { describe, expect, it } from "vitest";
import { claims } from "../../../src/domain/claims/list.ts";
import { type ClaimNode, claimTree } from "../../../src/domain/dashboard/claim-tree.ts";
import { aClaim, aState, NOON } from "../../support/builders.ts";

let number = 0;

function files(patterns: string[], over: object = {}) {
  return aClaim({ key: `key-${number++}`, patterns, project: "app", ...over });
}

function treeOf(...all: ReturnType<typeof aClaim>[]) {
  return claimTree(claims(aState({ claims: all }), NOON));
}

/** `src/api (session-1) [a.ts (session-2)]`. */
function sketch({ name, holders, children }: ClaimNode): string {
  const held = holders.length === 0 ? "" : ` (${holders.map(({ session }) => session).join(", ")})`;
  return `${name}${held}${children.length === 0 ? "" : ` [${children.map(sketch).join("; ")}]`}`;
}

describe("the tree of claims", () => {
  it.each<[string, ReturnType<typeof aClaim>[], string[]]>([
    [
      "joins folders in which there is one claim",
      [files(["src/api/v1/**"])],
      ["app [src/api/v1/** (session-1)]"],
    ],
    [
      "parts where claims part",
      [files(["src/api/a.ts", "src/ui/b.ts"])],
      ["app [src [api/a.ts (session-1); ui/b.ts (session-1)]]"],
    ],
    [
      "shows a folder that is held, and what is held in it",
      [files(["src/api"]), files(["src/api/a.ts"], { session: "session-2" })],
      ["app [src/api (session-1) [a.ts (session-2)]]"],
    ],
    [
      "has a root for each project",
      [files(["a.ts"], { project: "site" }), files(["a.ts"])],
      ["app [a.ts (session-1)]", "site [a.ts (session-1)]"],
    ],
    ["leaves out lapsed claims", [files(["a.ts"], { until: NOON })], []],
  ])("%s", (_, all, projects) => {
    expect(treeOf(...all).projects.map(sketch)).toEqual(projects);
  });

  it("lists keys on their own, with the end and the note", () => {
    expect(treeOf(aClaim({ note: "the\nparser" })).keys).toEqual([
      {
        name: "issue-42",
        holders: [
          {
            session: "session-1",
            presence: "offline",
            key: "issue-42",
            until: "2026-01-31T14:00:00Z",
            note: "the parser",
          },
        ],
        children: [],
      },
    ]);
  });

  it("is not confused by folders that are named like properties of objects", () => {
    const { projects } = treeOf(files(["__proto__/constructor.ts", "toString/**"]));
    expect(projects.map(sketch)).toEqual([
      "app [__proto__/constructor.ts (session-1); toString/** (session-1)]",
    ]);
  });
});
