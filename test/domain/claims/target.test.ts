import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Claim } from "../../../src/domain/claims/claim.ts";
import { overlapOf, scopeOf } from "../../../src/domain/claims/overlap.ts";
import { isKey, Target } from "../../../src/domain/claims/target.ts";
import { aClaim } from "../../support/builders.ts";
import { hostileText } from "../../support/hostile.ts";

describe("a target is spelled in one way", () => {
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
  ])("%s: %s", (text, spelled) => {
    expect(Target.parse(text)).toBe(spelled);
  });

  it.each([
    ["", "names nothing"],
    ["../x", "leads elsewhere"],
    ["src/../../x", "leads elsewhere"],
    ["/etc/passwd", "no path from the project's root"],
    ["C:\\x\\y", "no path from the project's root"],
    ["a\nb", "characters that no name has"],
    ["a/\ud800", "characters that no name has"],
    ["x".repeat(65), "longer than 64"],
    [`${"x/".repeat(128)}y`, "longer than 256"],
    ["con", "is a device on Windows"],
    ["aux:1", "is a device on Windows"],
    ["{,}", "means no file"],
  ])("%j is none: %s", (text, reason) => {
    expect(Target.safeParse(text).error?.issues[0]?.message).toContain(reason);
  });

  it("whatever it is: spelled again it stays as it is, and is a key or a path", () => {
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
    ["a path that leads elsewhere", { patterns: ["a/../../x"], project: "app" }, "leads elsewhere"],
    ["paths of no project", { patterns: ["a/b"] }, "paths lie in a project"],
    ["no target", { patterns: [] }, ""],
    ["a key that is no name", { key: "../x" }, "a claim's key"],
    ["no id of an operation", { claim_id: "1" }, "a ULID"],
  ])("is refused with %s", (_, over, reason) => {
    const { error } = Claim.safeParse({ ...aClaim(), ...over });
    expect(error?.issues[0]?.message).toContain(reason);
  });

  it("keeps keys that nobody knows", () => {
    expect(Claim.parse({ ...aClaim(), ticket: 7 })).toMatchObject({ ticket: 7 });
  });
});
