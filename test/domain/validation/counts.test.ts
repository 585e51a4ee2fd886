import { describe, expect, it } from "vitest";
import { MAX_FILES_OF_KIND, MAX_OTHER_FILES } from "../../../src/domain/hub/limits.ts";
import { readableCounts } from "../../../src/domain/validation/counts.ts";
import { NO_FILES } from "../../../src/domain/validation/hub-files.ts";

const files = (folder: string, number: number, extension = "json") =>
  Array.from({ length: number }, (_, n) => `coordination/${folder}/a${n}.${extension}`);
const check = (paths: readonly string[]) =>
  readableCounts({ ...NO_FILES, paths: new Set(paths), unread: new Set() });

describe("the number of files of one kind", () => {
  it("has a limit where readers need all of them", () => {
    expect(check(files("SESSIONS", MAX_FILES_OF_KIND))).toEqual([]);
    expect(check(files("SESSIONS", MAX_FILES_OF_KIND + 1))).toEqual([
      { path: "coordination/SESSIONS", rule: "count", message: "20001 files; at most 20000 are read" },
    ]);
  });

  it("has none where readers need only the newest", () => {
    expect(check(files("MESSAGES/2026/01/31", MAX_FILES_OF_KIND + 1, "md"))).toEqual([]);
  });

  it("has a limit for files that git-hive does not read", () => {
    expect(check(files("NOTES", MAX_OTHER_FILES))).toEqual([]);
    expect(check(files("NOTES", MAX_OTHER_FILES + 1))).toEqual([
      expect.objectContaining({ path: "coordination", rule: "count" }),
    ]);
  });
});
