import { expect, it } from "vitest";
import { gitAt } from "../../../src/store/git/git.ts";
import { BRANCH } from "../../../src/store/git/ref-names.ts";
import { healthOf } from "../../../src/store/health/repository.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { hubWith } from "../../support/hub-with.ts";

it("a commit that is too large to be read does not count as damage, and hides none of the branch", async () => {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, "session-1");
  const message = "a".repeat(70_000_000);
  await sandbox.gitWith(
    `commit refs/hive/outbox/evil\ncommitter x <x@x> 0 +0000\ndata ${message.length}\n${message}\n\n`,
    hub,
    "fast-import",
    "--quiet",
    "--date-format=raw",
  );
  const subject = { git: gitAt(hub, sandbox.env), ref: BRANCH };
  expect(await healthOf(subject)).toEqual({ kind: "sound" });
  const commit = "tree 1111111111111111111111111111111111111111\ncommitter x <x@x> 0 +0000\n\nx\n";
  const broken = await sandbox.gitWith(
    commit.replace("committer", "author x <x@x> 0 +0000\ncommitter"),
    hub,
    "hash-object",
    "-t",
    "commit",
    "-w",
    "--stdin",
    "--literally",
  );
  await sandbox.git(hub, "update-ref", "refs/heads/main", broken.trim());
  expect(await healthOf(subject)).toMatchObject({ kind: "damaged" });
});
