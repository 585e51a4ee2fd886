import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { examine } from "../../../src/app/doctor/examine.ts";
import { BadOutboxes } from "../../../src/store/replica/bad-outboxes.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { ONE, openHelping, TWO } from "../../support/helping.ts";
import { say } from "../../support/hub-with.ts";
import type { Sandbox } from "../../support/sandbox.ts";
import { installHook } from "../../support/server-hook.ts";

/** Writes an object that git itself would not make; its id. */
function writeObject(sandbox: Sandbox, hub: string, text: string): string {
  const argv = ["--git-dir", hub, "hash-object", "-t", "commit", "-w", "--stdin", "--literally"];
  return execFileSync("git", argv, {
    input: text,
    env: sandbox.env as NodeJS.ProcessEnv,
    encoding: "utf8",
  }).trim();
}

async function emptyTree(sandbox: Sandbox, hub: string): Promise<string> {
  return (await sandbox.git(hub, "hash-object", "-t", "tree", "-w", "/dev/null")).trim();
}

/** What may lie below refs/hive/outbox, by whoever may push. */
const BAD_OUTBOXES: readonly (readonly [
  what: string,
  make: (sandbox: Sandbox, hub: string) => Promise<string>,
])[] = [
  [
    "a commit whose author line is broken",
    async (sandbox, hub) =>
      writeObject(
        sandbox,
        hub,
        `tree ${await emptyTree(sandbox, hub)}\nauthor x 1 +0000\ncommitter x 1 +0000\n\nx\n`,
      ),
  ],
  [
    "a commit whose tree is missing",
    async (sandbox, hub) =>
      writeObject(
        sandbox,
        hub,
        `tree ${"1".repeat(40)}\nauthor x <x@x> 1 +0000\ncommitter x <x@x> 1 +0000\n\nx\n`,
      ),
  ],
  ["a blob", async (sandbox, hub) => (await sandbox.git(hub, "hash-object", "-w", "/dev/null")).trim()],
];

describe("an outbox on the hub that is no outbox", () => {
  it.each(BAD_OUTBOXES)("keeps no host from writing and reading: %s", async (_, make) => {
    const { sandbox, hub, connect, added, paceOf } = await openHelping();
    await sandbox.git(hub, "update-ref", "refs/hive/outbox/evil", await make(sandbox, hub));
    const [first, second] = [await connect("a"), await connect("b")];
    // Only a host that has lost a race asks for the outboxes of others.
    for (const name of ["a", "b"]) {
      const traffic = await paceOf(name);
      traffic.lost();
      traffic.save();
    }
    for (const text of ["one", "two"]) {
      expect(await say(first, ONE, `first ${text}`)).toMatchObject({ kind: "landed" });
      expect(await say(second, TWO, `second ${text}`)).toMatchObject({ kind: "landed" });
    }
    expect(await added()).toHaveLength(4);
    const fresh = await connect("fresh");
    expect((await fresh.read(["messages"])).state.messages).toHaveLength(4);
  });
});

describe("a ref on the hub whose commit is gone", () => {
  const breakRef = async (ref: string) => {
    const opened = await openHelping();
    const { sandbox, hub } = opened;
    const odd = writeObject(
      sandbox,
      hub,
      `tree ${await emptyTree(sandbox, hub)}\nauthor x <x@x> 1 +0000\ncommitter x <x@x> 1 +0000\n\nx\n`,
    );
    await sandbox.git(hub, "update-ref", ref, odd);
    rmSync(join(hub, "objects", odd.slice(0, 2), odd.slice(2)));
    return opened;
  };

  it.each([
    ["refs/heads/other", "git fsck"],
    ["refs/hive/outbox/evil", "git update-ref -d refs/hive/outbox/evil"],
  ])("is named as damage of the hub, with the repair, and the write waits: %s", async (ref, hint) => {
    const { sandbox, hub, connect } = await breakRef(ref);
    const hive = await connect("a");
    await hive.read([]);
    expect(await say(hive, ONE, "one")).toMatchObject({
      kind: "queued",
      why: {
        code: "hub_damaged",
        message: expect.stringContaining(ref),
        hint: expect.stringContaining(hint),
      },
    });
    rmSync(join(hub, ref));
    await hive.outbox.send();
    expect((await sandbox.history(hub)).at(-1)?.subject).toBe("broadcast session-1: one");
  });
});

describe("a ref on the hub that git takes for the branch", () => {
  const NAMES = ["refs/tags/refs/heads/main", "refs/heads/refs/heads/main", "refs/tags/heads/main"];

  it.each(NAMES)("stops no write, and is left alone: %s", async (ref) => {
    const { sandbox, hub } = await openHelping();
    const first = await sandbox.git(hub, "rev-parse", "refs/heads/main");
    await sandbox.git(hub, "update-ref", ref, first);
    for (const host of ["a", "b"]) {
      const hive = await sandbox.hive(`file://${hub}`, sandbox.host(host));
      expect(await say(hive, ONE, host)).toMatchObject({ kind: "landed" });
    }
    expect((await sandbox.history(hub)).slice(-2).map(({ subject }) => subject)).toEqual([
      "broadcast session-1: a",
      "broadcast session-1: b",
    ]);
    expect(await sandbox.git(hub, "for-each-ref", "--format=%(objectname)", ref)).toBe(first);
  });

  it.each(NAMES)("stops no write over HTTP either: %s", async (ref) => {
    const { sandbox, hub, connect } = await openHelping();
    const first = await sandbox.git(hub, "rev-parse", "refs/heads/main");
    await sandbox.git(hub, "update-ref", ref, first);
    // The second host has an old state, so that its first push must be refused, and not overwrite the other's.
    const [one, two] = [await connect("a"), await connect("b")];
    await two.read([]);
    expect(await say(one, ONE, "one")).toMatchObject({ kind: "landed" });
    expect(await say(two, ONE, "two")).toMatchObject({ kind: "landed" });
    expect((await sandbox.history(hub)).slice(-2).map(({ subject }) => subject)).toEqual([
      "broadcast session-1: one",
      "broadcast session-1: two",
    ]);
    expect(await sandbox.git(hub, "for-each-ref", "--format=%(objectname)", ref)).toBe(first);
  });

  it("is no finding of doctor, because writes land", async () => {
    const { sandbox, hub, http } = await openHelping();
    await sandbox.git(hub, "update-ref", "refs/tags/refs/heads/main", "refs/heads/main");
    const { checks } = await examine(sandbox.world(), { hub: http.url(), as: ONE }, false);
    expect(checks.find(({ name }) => name === "push")).toMatchObject({ state: "ok" });
  });

  it("over HTTP, a rule of the hub still refuses a write", async () => {
    const { sandbox, hub, connect } = await openHelping();
    await sandbox.git(hub, "update-ref", "refs/tags/refs/heads/main", "refs/heads/main");
    await installHook(hub, "pre-receive", "echo No writes today >&2; exit 1");
    expect(await say(await connect("a"), ONE, "one")).toMatchObject({
      kind: "queued",
      why: { code: "push_refused", message: expect.stringContaining("No writes today") },
    });
  });
});

describe("a hub whose newest commit lacks a part", () => {
  it.each([
    ["40000", "MESSAGES", /damaged: .*bad tree object/],
    ["100644", "NOTE.md", /damaged: .*unable to read/],
  ])("is named as damaged, and the write waits: %s %s", async (mode, name, says) => {
    const { sandbox, hub, connect } = await openHelping();
    const hive = await connect("a");
    await hive.read([]);
    const lost = Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.alloc(20, 0x11)]);
    const args = ["hash-object", "-t", "tree", "-w", "--stdin", "--literally"];
    const tree = await sandbox.gitWith(lost, hub, ...args);
    const commit = `tree ${tree}\nparent ${await sandbox.git(hub, "rev-parse", "main")}\n`;
    const odd = writeObject(
      sandbox,
      hub,
      `${commit}author x <x@x> 1 +0000\ncommitter x <x@x> 1 +0000\n\nx\n`,
    );
    await sandbox.git(hub, "update-ref", "refs/heads/main", odd);
    expect(await say(hive, ONE, "one")).toMatchObject({
      kind: "queued",
      why: { code: "hub_damaged", message: expect.stringMatching(says) },
    });
  });
});

describe("an outbox that could not be fetched", () => {
  it("is left out for an hour, and then tried again", () => {
    const clock = { now: Date.parse("2026-01-31T12:00:00Z") };
    const bad = new BadOutboxes(openSandbox().folder("hub"), () => clock.now);
    bad.note("refs/hive/outbox/evil", "bad object");
    expect(bad.known()).toEqual(new Map([["refs/hive/outbox/evil", "bad object"]]));
    clock.now += 3_600_000;
    expect(bad.known()).toEqual(new Map());
  });
});

describe("a history with objects that git's own check minds", () => {
  it("is read and written like any other, whether they are there still or reverted", async () => {
    const { sandbox, hub, connect } = await openHelping();
    const tree = (await sandbox.git(hub, "rev-parse", "main^{tree}")).trim();
    const tip = (await sandbox.git(hub, "rev-parse", "main")).trim();
    const odd = writeObject(
      sandbox,
      hub,
      `tree ${tree}\nparent ${tip}\nauthor A <a@x>1112911993 -0700\ncommitter A <a@x> 1112911993 -0700\n\nold\n`,
    );
    await sandbox.git(hub, "update-ref", "refs/heads/main", odd);
    const hive = await connect("a");
    expect(await say(hive, ONE, "on top of it")).toMatchObject({ kind: "landed" });
    expect(await say(await connect("b"), TWO, "and from a new host")).toMatchObject({ kind: "landed" });
    expect((await hive.history.entries([])).entries.length).toBeGreaterThan(2);
  });
});
