import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeDirectory, writeDurably } from "../../../src/store/host/files.ts";
import { openSandbox } from "../../support/git-sandbox.ts";

describe("making a directory", () => {
  it("makes those above it too, readable by the user alone, and takes one that is there", () => {
    const path = join(openSandbox().folder("state"), "deep", "deeper");
    makeDirectory(path);
    makeDirectory(path);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(statSync(join(path, "..")).mode & 0o777).toBe(0o700);
  });

  it.skipIf(!existsSync("/proc/self"))("ends where the system denies that a parent exists", () => {
    expect(() => makeDirectory("/proc/no-such-directory/hubs/deep")).toThrow("ENOENT");
  });

  it("says so where a file is in the way", () => {
    const path = join(openSandbox().folder("state"), "file");
    writeFileSync(path, "");
    expect(() => makeDirectory(path)).toThrow("EEXIST");
    expect(() => makeDirectory(join(path, "below"))).toThrow("ENOTDIR");
  });
});

describe("a durable write", () => {
  it("makes its directory, and leaves nothing but the file", () => {
    const directory = join(openSandbox().folder("state"), "outbox");
    writeDurably(join(directory, "a.json"), "{}\n");
    expect(readFileSync(join(directory, "a.json"), "utf8")).toBe("{}\n");
    expect(readdirSync(directory)).toEqual(["a.json"]);
  });

  it.skipIf(process.getuid?.() === 0)(
    "throws before there is a file where the directory may not be written",
    () => {
      const directory = openSandbox().folder("state", "outbox");
      chmodSync(directory, 0o500);
      expect(() => writeDurably(join(directory, "a.json"), "{}\n")).toThrow("EACCES");
      expect(readdirSync(directory)).toEqual([]);
      chmodSync(directory, 0o700);
    },
  );
});
