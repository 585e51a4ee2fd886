import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { messagePath } from "../../../src/domain/hub/layout.ts";
import { toInstant } from "../../../src/domain/values/time.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { leaveBehind, placeOf } from "../../support/hub-store.ts";
import { hubWith, say, sessionId } from "../../support/hub-with.ts";
import { unpack } from "../../support/loose-objects.ts";

it("an operation whose process was killed while a gc deleted a part of its commit is made whole, and lands once", async () => {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, "session-1");
  const sent = await say(await sandbox.hive(hub, sandbox.host("a")), "session-1", "text");
  if (sent.kind !== "landed") throw new Error("it did not land");
  const path = messagePath(sent.op, toInstant(sandbox.clock.now));
  const blob = await sandbox.git(hub, "rev-parse", `main:${path}`);
  await unpack(sandbox, hub);
  await rm(join(hub, "objects", blob.slice(0, 2), blob.slice(2)));

  const input = { text: "text", priority: "normal" };
  const operation = {
    op: sent.op,
    kind: "broadcast",
    session: sessionId("session-1"),
    at: toInstant(sandbox.clock.now),
    input,
  };
  leaveBehind(
    await placeOf(sandbox, hub, sandbox.host("a")),
    operation,
    await sandbox.git(hub, "rev-parse", "main^"),
  );
  await say(await sandbox.hive(hub, sandbox.host("a")), "session-1", "next");

  await sandbox.fsck(hub);
  expect((await sandbox.history(hub)).filter(({ op }) => op === sent.op)).toHaveLength(1);
});
