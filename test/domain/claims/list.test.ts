import { describe, expect, it } from "vitest";
import { onlyPath } from "../../../src/domain/claims/glob/glob.ts";
import { blockedTargets, claims, conflicts } from "../../../src/domain/claims/list.ts";
import { scopeOf } from "../../../src/domain/claims/overlap.ts";
import { aClaim, aHeartbeat, aState, NOON } from "../../support/builders.ts";

const ONE = aClaim({ key: "src-1", patterns: ["src/**"], project: "app" });
const TWO = aClaim({
  key: "api-2",
  patterns: ["issue-7", "src/api/**"],
  project: "app",
  session: "session-2",
});
const OLD = aClaim({
  key: "old",
  patterns: ["old", "src/**"],
  project: "app",
  session: "session-2",
  until: NOON,
});
const STATE = aState({ claims: [ONE, TWO, OLD], heartbeats: [aHeartbeat()] });

describe("the claims of a hub", () => {
  it("are the live claims, sorted by key, with the presence of their holders", () => {
    expect(claims(STATE, NOON)).toEqual([
      { ...TWO, presence: "offline" },
      { ...ONE, presence: "alive" },
    ]);
  });

  it("conflict if two sessions hold the same target, and are abandoned if the holder is offline", () => {
    const { conflicts: found, abandoned } = conflicts(claims(STATE, NOON));
    expect(found).toMatchObject([
      { claims: [{ key: "api-2" }, { key: "src-1" }], overlap: ["src/api/**", "src/**"] },
    ]);
    expect(abandoned.map(({ key }) => key)).toEqual(["api-2"]);
  });

  it("do not conflict if one session holds both", () => {
    const state = aState({ claims: [ONE, { ...TWO, session: ONE.session }] });
    expect(conflicts(claims(state, NOON)).conflicts).toEqual([]);
  });
});

describe("the claims that block files", () => {
  const file = (path: string, project = "app") => ({
    target: path,
    scope: { keys: new Set<string>(), project, files: [{ target: path, glob: onlyPath(path) }] },
  });
  const inTheWay = (
    wanted: Parameters<typeof blockedTargets>[1],
    session: "session-1" | "session-3" | undefined,
  ) =>
    blockedTargets(STATE.claims, wanted, session && aClaim({ session }).session, NOON).map(
      ({ target, pattern, claim }) => [target, pattern, claim.session],
    );

  it("are claims of other sessions that match the files; each file is listed once", () => {
    expect(inTheWay([file("src/api/x.ts"), file("src/x.ts"), file("README.md")], "session-3")).toEqual([
      ["src/api/x.ts", "src/api/**", "session-2"],
      ["src/x.ts", "src/**", "session-1"],
    ]);
  });

  it("exclude own claims, claims of another project and lapsed claims", () => {
    expect(inTheWay([file("src/x.ts"), file("src/api/x.ts")], "session-1")).toEqual([
      ["src/api/x.ts", "src/api/**", "session-2"],
    ]);
    expect(inTheWay([file("src/x.ts", "web"), file("old")], "session-3")).toEqual([]);
  });

  it("are all claims if the session is unknown, for keys as for files", () => {
    const key = { target: "issue-7", scope: scopeOf({ patterns: ["issue-7"] }) };
    expect(inTheWay([key, file("src/x.ts")], undefined)).toEqual([
      ["issue-7", "issue-7", "session-2"],
      ["src/x.ts", "src/**", "session-1"],
    ]);
  });

  it("are found by the literal name of a file that looks like a pattern", () => {
    const state = aState({ claims: [aClaim({ patterns: ["app/[id]/page.tsx"], project: "app" })] });
    expect(blockedTargets(state.claims, [file("app/[id]/page.tsx")], undefined, NOON)).toHaveLength(1);
    expect(blockedTargets(state.claims, [file("app/**")], undefined, NOON)).toEqual([]);
  });
});
