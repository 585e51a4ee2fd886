import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { gitAt } from "../../../src/store/git/git.ts";
import { openSandbox } from "../../support/git-sandbox.ts";

/** A repository, and a folder that is all of PATH, with a program called git in it. */
function gitThatIs(script: string | undefined, mode = 0o755) {
  const sandbox = openSandbox();
  const bin = sandbox.folder("bin");
  if (script !== undefined) writeFileSync(join(bin, "git"), `#!/bin/sh\n${script}\n`);
  if (script !== undefined) chmodSync(join(bin, "git"), mode);
  return gitAt(sandbox.directory, { ...sandbox.env, PATH: bin });
}

describe("a git that does not run", () => {
  it("is told to be missing only where there is none on PATH", async () => {
    const git = gitThatIs(undefined);
    expect(() => git.runNow(["version"], "")).toThrow(expect.objectContaining({ code: "git_missing" }));
    await expect(git.run(["version"])).rejects.toMatchObject({ code: "git_missing" });
  });

  it("is told to be forbidden where its user may not run it", async () => {
    const git = gitThatIs("exit 0", 0o644);
    expect(() => git.runNow(["version"], "")).toThrow(expect.objectContaining({ code: "git_denied" }));
    await expect(git.run(["version"])).rejects.toMatchObject({ code: "git_denied" });
  });

  it("has an answer of its own where it ends before it has read its input", () => {
    const git = gitThatIs('echo "fatal: no space" >&2; exit 128');
    const input = "x".repeat(10_000_000);
    expect(git.runNow(["fast-import"], input)).toMatchObject({ code: 128, stderr: "fatal: no space\n" });
  });

  it("is not blamed for an answer that is too large to take", () => {
    const git = gitThatIs("exec /usr/bin/head -c 600000000 /dev/zero");
    expect(() => git.runNow(["log"], "")).toThrow(
      expect.objectContaining({ code: "git_output", message: expect.stringContaining("512 MiB") }),
    );
  });
});
