import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Claim } from "../../../src/domain/claims/claim.ts";
import { overlapOf, scopeOf } from "../../../src/domain/claims/overlap.ts";
import { isKey, Target } from "../../../src/domain/claims/target.ts";
import { aClaim } from "../../support/builders.ts";
import { hostileText } from "../../support/hostile.ts";

describe("a target has one normal spelling", () => {
  it.each([
    ["issue-42", "issue-42"],
    ["PROJ-123", "proj-123"],
    ["deploy:prod", "deploy:prod"],
    ["src", "src"],
    ["src/", "src/**"],
    ["./src", "./src"],
    ["./src/", "src/**"],
    ["src//api/./x.ts", "src/api/x.ts"],
    ["src\\api\\x.ts", "src/api/x.ts"],
    ["package.json", "package.json"],
    ["./package.json", "package.json"],
    [".", "**"],
    ["./", "**"],
    ["*.ts", "*.ts"],
    ["e\u0301/x", "\u00e9/x"],
    ["Src/A.ts", "Src/A.ts"],
    ["app/[id]/page.tsx", "app/[id]/page.tsx"],
  ])("%s: %s", (text, normal) => {
    expect(Target.parse(text)).toBe(normal);
  });

  it.each([
    ["", "is empty"],
    ["../x", "contains .."],
    ["src/../../x", "contains .."],
    ["/etc/passwd", "is absolute"],
    ["C:\\x\\y", "is absolute"],
    ["a\nb", "control or invalid characters"],
    ["a/\ud800", "control or invalid characters"],
    ["x".repeat(65), "longer than 64"],
    [`${"x/".repeat(128)}y`, "longer than 256"],
    ["con", "is the name of a device on Windows"],
    ["aux:1", "is the name of a device on Windows"],
    ["{,}", "matches no possible file"],
  ])("%j is refused: %s", (text, reason) => {
    expect(Target.safeParse(text).error?.issues[0]?.message).toContain(reason);
  });

  it("normalizing any target twice changes nothing, and the result is a key or a path", () => {
    return fc.assert(
      fc.property(
        fc.oneof(hostileText, fc.string({ unit: fc.constantFrom(..."a./\\ *{},[]:-"), maxLength: 9 })),
        (text) => {
          const spelled = Target.safeParse(text).data;
          if (spelled === undefined) return;
          expect(Target.parse(spelled)).toBe(spelled);
          expect(isKey(spelled)).toBe(isKey(text.normalize("NFC")));
          expect(spelled).not.toMatch(/(?:^|\/)\.\.(?:\/|$)|^\//);
        },
      ),
      { numRuns: 5000 },
    );
  });
});

describe("claims overlap", () => {
  const of = (patterns: string[], project?: string) => scopeOf({ patterns, project });

  it.each([
    ["by a key they share", of(["issue-42", "issue-43"]), of(["issue-43"]), ["issue-43", "issue-43"]],
    ["by a key, whatever the project", of(["k", "a/b"], "app"), of(["k"], "web"), ["k", "k"]],
    [
      "by files of one project",
      of(["src/api/**"], "app"),
      of(["docs/**", "src/**"], "app"),
      ["src/api/**", "src/**"],
    ],
    ["by a file that looks like a key", of(["./docs"], "app"), of(["docs/**"], "app"), ["./docs", "docs/**"]],
  ] as const)("%s", (_, mine, theirs, overlap) => {
    expect(overlapOf(mine, theirs)).toEqual(overlap);
    expect(overlapOf(theirs, mine)).toEqual([...overlap].reverse());
  });

  it.each([
    ["by files of two projects", of(["src/**"], "app"), of(["src/**"], "web")],
    ["by a key and a file of that name", of(["docs"]), of(["./docs"], "app")],
    ["by keys that start alike", of(["issue-4"]), of(["issue-42"])],
  ])("not %s", (_, mine, theirs) => {
    expect(overlapOf(mine, theirs)).toBeUndefined();
    expect(overlapOf(theirs, mine)).toBeUndefined();
  });
});

describe("a claim's file", () => {
  it.each([
    ["a target spelled otherwise", { patterns: ["Issue-42"] }, 'expected as "issue-42"'],
    ["a path that leaves the project", { patterns: ["a/../../x"], project: "app" }, "contains .."],
    ["paths of no project", { patterns: ["a/b"] }, "expected the name of the project"],
    ["no target", { patterns: [] }, ""],
    ["a key that is no name", { key: "../x" }, "a claim's key"],
    ["no id of an operation", { claim_id: "1" }, "a ULID"],
  ])("is refused with %s", (_, over, reason) => {
    const { error } = Claim.safeParse({ ...aClaim(), ...over });
    expect(error?.issues[0]?.message).toContain(reason);
  });

  it("keeps unknown keys", () => {
    expect(Claim.parse({ ...aClaim(), ticket: 7 })).toMatchObject({ ticket: 7 });
  });
});
