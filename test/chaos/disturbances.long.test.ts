import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { CallInput } from "./call.ts";
import { openPair, useProgram } from "./open-chaos.ts";
import type { Scene } from "./scene.ts";

const program = useProgram();
const say = (text: string): CallInput => ({ kind: "broadcast", text });

describe("a lock that a dead process left", () => {
  const LOCKS = ["refs/hive/main.lock", "packed-refs.lock", "HEAD.lock", "config.lock", "shallow.lock"];

  it.each(LOCKS)("at %s of the replica is not in the way for long", async (lock) => {
    const { scene, first } = await openPair(program());
    await first.call(say("before"));
    for (const replica of replicasOf(scene, "a")) writeFileSync(join(replica, lock), "");
    expect(await first.call(say("after"))).toMatchObject({ outcome: "landed" });
    expect(await scene.verdict()).toEqual([]);
  });

  it("at the branch of a hub on this disk is not in the way for long", async () => {
    const { scene } = await openPair(program());
    const local = scene.local("session-1", "c");
    await local.call(say("before"));
    writeFileSync(join(scene.hub, "refs/heads/main.lock"), "");
    expect(await local.call(say("after"))).toMatchObject({ outcome: "landed" });
    expect(await scene.verdict()).toEqual([]);
  });
});

describe("while somebody", () => {
  it("lets git gc throw away all that is not needed, again and again, every promise is kept", async () => {
    const { scene, first, second } = await openPair(program());
    await first.call(say("before"));
    await beside(
      async () => {
        for (const replica of replicasOf(scene, "a"))
          await scene.sandbox.git(replica, "gc", "--quiet", "--prune=now").catch(() => undefined);
      },
      async () => {
        for (let round = 0; round < 12; round++)
          await Promise.all([first, second].map((client) => client.call(say(`${client.name} ${round}`))));
      },
    );
    expect(await scene.verdict()).toEqual([]);
  });

  it("pushes by hand, every promise is kept and no hand-made commit is lost", async () => {
    const { scene, first, second } = await openPair(program());
    const clone = join(scene.sandbox.directory, "clone");
    await scene.sandbox.git(scene.sandbox.directory, "clone", "--quiet", `file://${scene.hub}`, clone);
    let pushed = 0;
    await beside(
      async () => {
        const { sandbox } = scene;
        // As fast as a person in a hurry; without a pause, nobody else would get a turn.
        await pause(300);
        await sandbox.git(clone, "pull", "--quiet", "--rebase");
        await sandbox.git(clone, "commit", "--quiet", "--allow-empty", "-m", `by hand ${pushed}`);
        await sandbox.git(clone, "push", "--quiet").then(
          () => pushed++,
          () => sandbox.git(clone, "reset", "--quiet", "--hard", "origin/main"),
        );
      },
      async () => {
        for (let round = 0; round < 10; round++)
          await Promise.all([first, second].map((client) => client.call(say(`${client.name} ${round}`))));
      },
    );
    const { commits } = await scene.evidence();
    expect(commits.filter(({ ops }) => ops.length === 0)).toHaveLength(pushed);
    expect(pushed).toBeGreaterThan(0);
    expect(await scene.verdict()).toEqual([]);
  });
});

/** Does one thing over and over until another is done. */
async function beside(again: () => Promise<unknown>, main: () => Promise<void>): Promise<void> {
  const state = { isDone: false };
  const loop = (async () => {
    while (!state.isDone) await Promise.all([again(), nextTurn()]);
  })();
  await main().finally(() => {
    state.isDone = true;
  });
  await loop;
}

/** The replicas that a host has made. */
function replicasOf(scene: Scene, host: string): string[] {
  const { state } = scene.host(host);
  if (!existsSync(state)) return [];
  const entries = readdirSync(state, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(join(entry.parentPath, entry.name, "objects")))
    .map((entry) => join(entry.parentPath, entry.name));
}
