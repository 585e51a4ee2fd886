import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import type { CrashPoint } from "../../../src/crash-points.ts";
import { nextOf } from "../../../src/store/git/ref-names.ts";
import { landLeftovers } from "../../../src/store/landing/land.ts";
import { aMessage, anOperation } from "../../support/builders.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { leaveBehind, placeOf } from "../../support/hub-store.ts";
import { hubWith, say } from "../../support/hub-with.ts";

it.each<CrashPoint>(["pushed", "answered", "settled"])(
  "a hub is whole when its process dies at %s, and a gc takes the objects of an attempt that was overtaken before",
  async (last) => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, "session-1", "session-2");
    const base = await sandbox.git(hub, "rev-parse", "main");
    await say(await sandbox.hive(hub, sandbox.host("b")), "session-2", "first");
    const overtaking = await sandbox.git(hub, "rev-parse", "main");
    await sandbox.git(hub, "update-ref", "refs/heads/main", base);
    const packs = () => readdirSync(join(hub, "objects/pack"));
    const known = new Set(packs());
    const ofFirstAttempt: string[] = [];
    let attempts = 0;
    const reached = (step: CrashPoint) => {
      if (step === "written" && ++attempts === 1) {
        ofFirstAttempt.push(...packs().filter((name) => !known.has(name)));
        writeFileSync(join(hub, "refs/heads/main"), `${overtaking}\n`);
      }
      if (step === last && attempts === 2) throw new Error("killed");
    };
    const store = await placeOf(sandbox, hub, sandbox.host("a", { reached }));
    const op = aMessage({}).id;
    leaveBehind(store, anOperation({ text: "text", priority: "normal" }, { op, kind: "broadcast" }), base);

    await expect(landLeftovers(store, false, 20)).rejects.toThrow("killed");
    expect(ofFirstAttempt).not.toEqual([]);
    for (const name of ofFirstAttempt) rmSync(join(hub, "objects/pack", name));

    await sandbox.fsck(hub);
    await say(await sandbox.hive(hub, sandbox.host("a")), "session-1", "next");
    expect((await sandbox.history(hub)).filter((each) => each.op === op)).toHaveLength(1);
  },
);

it("a hub by file:// is whole when a gc takes the pack of a push that could move no ref", async () => {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, "session-1");
  const { host } = await placeOf(sandbox, `file://${hub}`, sandbox.host("a"));
  const locks = ["refs/heads/main.lock", `${nextOf(host.id(Math.random))}.lock`].map((name) =>
    join(hub, name),
  );
  const packs = () => readdirSync(join(hub, "objects/pack"));
  const known = new Set(packs());
  const ofFirstAttempt: string[] = [];
  let attempts = 0;
  const reached = (step: CrashPoint) => {
    if (step !== "written") return;
    attempts++;
    if (attempts === 1)
      for (const lock of locks) {
        mkdirSync(dirname(lock), { recursive: true });
        writeFileSync(lock, "");
      }
    if (attempts !== 2) return;
    ofFirstAttempt.push(...packs().filter((name) => !known.has(name)));
    for (const lock of locks) rmSync(lock);
  };
  await say(await sandbox.hive(`file://${hub}`, sandbox.host("a", { reached })), "session-1", "first");
  expect(ofFirstAttempt).not.toEqual([]);
  for (const name of ofFirstAttempt) rmSync(join(hub, "objects/pack", name));

  await sandbox.fsck(hub);
});
