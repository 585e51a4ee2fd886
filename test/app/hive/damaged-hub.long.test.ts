import {
  appendFileSync,
  chmodSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openSandbox } from "../../support/git-sandbox.ts";
import { say } from "../../support/hub-with.ts";
import { KnownHub, ONE } from "../../support/known-hub.ts";
import { looseFile, unpack } from "../../support/loose-objects.ts";

type Damage = (known: KnownHub) => unknown;

function cut(path: string, length: number): void {
  chmodSync(path, 0o600);
  truncateSync(path, length);
}

/** The file of the object behind a name, which is stored by itself from now on. */
async function fileOf({ sandbox, hub }: KnownHub, name: string): Promise<string> {
  const oid = await sandbox.git(hub, "rev-parse", name);
  await unpack(sandbox, hub);
  return looseFile(hub, oid);
}

async function cutPack({ sandbox, hub }: KnownHub, length: number): Promise<void> {
  await sandbox.git(hub, "repack", "-a", "-d", "-q");
  const packs = join(hub, "objects/pack");
  for (const name of readdirSync(packs).filter((each) => each.endsWith(".pack")))
    cut(join(packs, name), length);
}

const DAMAGES: readonly [what: string, damage: Damage, says: RegExp][] = [
  ["a tip that is cut off", async (known) => cut(await fileOf(known, "main"), 10), /header for /],
  ["an empty tip", async (known) => cut(await fileOf(known, "main"), 0), /is empty/],
  ["no tip", async (known) => rmSync(await fileOf(known, "main")), /bad object/],
  ["a missing tree", async (known) => rmSync(await fileOf(known, "main:coordination")), /bad tree object/],
  [
    "a missing folder of profiles",
    async (known) => rmSync(await fileOf(known, "main:coordination/SESSIONS")),
    /bad tree object/,
  ],
  [
    "a missing folder of messages",
    async (known) => rmSync(await fileOf(known, "main:coordination/MESSAGES/2026")),
    /bad tree object/,
  ],
  [
    "settings that are gone",
    async (known) => rmSync(await fileOf(known, "main:coordination/hive.yaml")),
    /missing blob/,
  ],
  ["an empty ref", ({ hub }) => writeFileSync(join(hub, "refs/heads/main"), ""), /broken ref/],
  [
    "packed refs of other bytes",
    async ({ sandbox, hub }) => {
      await sandbox.git(hub, "pack-refs", "--all");
      appendFileSync(join(hub, "packed-refs"), "xx\n");
    },
    /unexpected line/,
  ],
  ["no HEAD", ({ hub }) => rmSync(join(hub, "HEAD")), /not a git repository/],
  ["a HEAD of other bytes", ({ hub }) => writeFileSync(join(hub, "HEAD"), "xx\n"), /not a git repository/],
  ["no objects", ({ hub }) => rmSync(join(hub, "objects"), { recursive: true }), /not a git repository/],
  ["no refs", ({ hub }) => rmSync(join(hub, "refs"), { recursive: true }), /not a git repository/],
  ["half a pack", (known) => cutPack(known, 100), /pack/],
  ["an empty pack", (known) => cutPack(known, 0), /pack/],
];

describe.each(DAMAGES)("a hub on this disk with %s", (_, damage, says) => {
  const isDamaged = { code: "hub_damaged", message: expect.stringMatching(says) };

  it("is said to be damaged by each command, and what this host has read before is shown", async () => {
    const known = await KnownHub.open(openSandbox());
    const options = { hub: known.hub };
    await known.open((hive) => say(hive, ONE, "Hello"), options);
    const before = await known.open((hive) => hive.read(["messages", "sessions"]), options);
    await damage(known);
    await known.open(async (hive) => {
      expect(hive.damage()).toMatchObject(isDamaged);
      const { state } = await hive.read(["messages", "sessions"]);
      expect(state).toEqual(before.state);
    }, options);
    const { bad, find } = await known.examine(options);
    expect(bad).toContain("repository");
    expect(find("repository").message).toMatch(/^The hub's repository is damaged: /);
    expect(find("repository").next).not.toMatch(/init/);
  });

  it("is neither read nor written nor made anew by a host that never read it", async () => {
    const known = await KnownHub.open(openSandbox());
    await damage(known);
    const options = { hub: known.hub };
    const read = await known
      .open((hive) => hive.read(["settings", "sessions", "messages"]), options)
      .catch((error: unknown) => error);
    expect([read, (read as { outdated?: unknown }).outdated]).toContainEqual(
      expect.objectContaining(isDamaged),
    );
    const written = await known
      .open((hive) => say(hive, ONE, "Hello"), options)
      .catch((error: unknown) => ({ why: error }));
    expect(written).toMatchObject({ why: isDamaged });
    const made = await known
      .open((hive) => hive.submit("init", {}, known.session), options)
      .catch((error: unknown) => ({ why: error }));
    expect(made).toMatchObject({ why: isDamaged });
  });
});

describe("a hub on this disk without the commit before its tip", () => {
  it("is read, because its state is whole, and is not written, because others could not fetch that", async () => {
    const known = await KnownHub.open(openSandbox());
    const { sandbox, hub } = known;
    const options = { hub };
    await known.open((hive) => say(hive, ONE, "Hello"), options);
    rmSync(await fileOf(known, "main^"));
    const before = await sandbox.git(hub, "rev-parse", "main");
    await known.open(async (hive) => {
      const { outdated, state } = await hive.read(["messages"]);
      expect(outdated).toBeUndefined();
      expect(state.messages).toHaveLength(2);
      expect(await say(hive, ONE, "Lost?")).toMatchObject({
        kind: "queued",
        why: { code: "hub_damaged", message: expect.stringContaining("is damaged") },
      });
    }, options);
    expect(await sandbox.git(hub, "rev-parse", "main")).toBe(before);
    expect(readdirSync(hub).filter((name) => name.startsWith("fast_import_crash"))).toEqual([]);
  });

  it("is written again, once, when the commit is back", async () => {
    const known = await KnownHub.open(openSandbox());
    const { sandbox, hub } = known;
    const options = { hub };
    await known.open((hive) => say(hive, ONE, "Hello"), options);
    const file = await fileOf(known, "main^");
    renameSync(file, `${file}.aside`);
    const { op } = await known.open((hive) => say(hive, ONE, "Lost?"), options);
    renameSync(`${file}.aside`, file);
    await known.open((hive) => say(hive, ONE, "Next"), options);
    expect(await known.landed(op)).toBe(1);
    expect(await sandbox.git(hub, "fsck", "--no-dangling")).toBe("");
  });
});

it("a hub on this disk with one commit is written, because it has none before", async () => {
  const known = await KnownHub.open(openSandbox());
  const { sandbox, hub } = known;
  const tree = await sandbox.git(hub, "rev-parse", "main^{tree}");
  const only = await sandbox.git(hub, "commit-tree", tree, "-m", "Only");
  await sandbox.git(hub, "update-ref", "refs/heads/main", only);
  await known.open(async (hive) => expect(await say(hive, ONE, "Hello")).toMatchObject({ kind: "landed" }), {
    hub,
  });
  expect(await sandbox.git(hub, "rev-list", "--count", "main")).toBe("2");
});
