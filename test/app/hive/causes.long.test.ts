import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { HiveError } from "../../../src/errors.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { say } from "../../support/hub-with.ts";
import { KnownHub, ONE } from "../../support/known-hub.ts";
import type { Sandbox } from "../../support/sandbox.ts";

const MISSING = "1234567890123456789012345678901234567890";

async function commitWithoutParent({ sandbox, hub }: KnownHub): Promise<string> {
  const tree = await sandbox.git(hub, "rev-parse", "main^{tree}");
  const who = "x <x@x> 1 +0000";
  const text = `tree ${tree}\nparent ${MISSING}\nauthor ${who}\ncommitter ${who}\n\nx\n`;
  return sandbox.gitWith(text, hub, "hash-object", "-t", "commit", "-w", "--stdin", "--literally");
}

/** What ails a hub or a replica, and what reads and writes say of it. */
const TROUBLES: readonly {
  what: string;
  make: (known: KnownHub) => unknown;
  says: { code: string; message?: RegExp; hint: RegExp };
}[] = [
  {
    what: "a branch that points to a file",
    make: async ({ sandbox, hub }) =>
      writeFileSync(
        join(hub, "refs/heads/main"),
        await sandbox.git(hub, "rev-parse", "main:coordination/hive.yaml"),
      ),
    says: { code: "hub_damaged", message: /points to a blob/, hint: /git fsck/ },
  },
  {
    what: "a newest commit whose parent is missing",
    make: async (known) =>
      writeFileSync(join(known.hub, "refs/heads/main"), await commitWithoutParent(known)),
    says: { code: "hub_damaged", message: new RegExp(`Could not read ${MISSING}`), hint: /git fsck/ },
  },
  {
    what: "a replica whose list of shallow commits is garbage",
    make: ({ replica }) => writeFileSync(join(replica, "shallow"), "garbage here\n"),
    says: { code: "replica_unreadable", hint: /doctor --fix/ },
  },
  {
    what: "a replica with a folder in the place of HEAD",
    make: ({ replica }) => {
      rmSync(join(replica, "HEAD"));
      mkdirSync(join(replica, "HEAD"));
    },
    says: { code: "replica_unreadable", hint: /doctor --fix/ },
  },
  {
    what: "a replica whose newest commit is garbage",
    make: ({ replica }) => writeFileSync(join(replica, "refs/hive/main"), "\0".repeat(41)),
    says: { code: "replica_unreadable", hint: /doctor --fix/ },
  },
];

describe.each(TROUBLES)("a hub behind a URL with $what", ({ make, says }) => {
  it("is read as it was, and written later, with the true cause and what mends it", async () => {
    const known = await KnownHub.open(openSandbox());
    await make(known);
    const { code, message = /./, hint } = says;
    const cause = { message: expect.stringMatching(message), hint: expect.stringMatching(hint) };
    const { state, outdated } = await known.open((hive) => hive.read(["sessions"]));
    expect(state.sessions).toHaveLength(2);
    expect(outdated).toMatchObject({ code, ...cause });
    const written = await known.open((hive) => say(hive, ONE, "Later"));
    expect(written).toMatchObject({
      kind: "queued",
      why: { code, hint: expect.stringMatching(hint) },
    });
  });
});

describe("a repository that cannot become a hub", () => {
  const init = async (sandbox: Sandbox, address: string) => {
    const hive = await sandbox.hive(address);
    return hive
      .submit("init", {}, "git-hive" as never)
      .catch((error: unknown) => error as HiveError)
      .then((made) => (made instanceof HiveError ? made : "why" in made ? made.why : made));
  };

  it("has other ids of objects", async () => {
    const sandbox = openSandbox();
    const path = join(sandbox.folder("hubs"), "long.git");
    await sandbox.git(sandbox.directory, "init", "-q", "--bare", "--object-format=sha256", path);
    expect(await init(sandbox, `file://${path}`)).toMatchObject({
      code: "object_format",
      message: expect.stringContaining("SHA-256"),
    });
    expect(await init(sandbox, path)).toMatchObject({ kind: "landed" });
  });

  it.each(["", "file://"])("has a ref in the place of its branch (%s)", async (scheme) => {
    const sandbox = openSandbox();
    const path = await sandbox.bareHub();
    const tree = await sandbox.gitWith("", path, "mktree");
    const commit = await sandbox.git(path, "commit-tree", "-m", "x", tree);
    await sandbox.git(path, "update-ref", "refs/heads/main/x", commit);
    const made = await init(sandbox, `${scheme}${path}`);
    expect(made).toMatchObject({ hint: expect.stringMatching(/Delete the ref .*refs\/heads\/main\/x/) });
  });
});

describe("a hub", () => {
  it("is the one that was named, whatever remote of the user's own git has a name like it", async () => {
    const known = await KnownHub.open(openSandbox());
    const other = await known.sandbox.bareHub("other");
    const config = join(known.sandbox.directory, "gitconfig");
    writeFileSync(config, ["hub", "origin"].map((name) => `[remote "${name}"]\n\turl = ${other}\n`).join(""));
    const world = known.sandbox.host("b");
    const hive = await known.sandbox.hive(known.url, {
      ...world,
      env: { ...world.env, GIT_CONFIG_GLOBAL: config },
    });
    expect(await say(hive, ONE, "Here")).toMatchObject({ kind: "landed" });
    expect(await known.sandbox.git(other, "for-each-ref")).toBe("");
  });

  it("on this disk takes nothing when the repository that it borrows objects from is gone", async () => {
    const known = await KnownHub.open(openSandbox());
    const borrower = join(known.sandbox.directory, "hubs/borrower.git");
    await known.sandbox.git(
      known.sandbox.directory,
      "clone",
      "-q",
      "--bare",
      "--shared",
      known.hub,
      borrower,
    );
    const options = { hub: borrower };
    for (const text of ["one", "two"])
      expect(await known.open((hive) => say(hive, ONE, text), options)).toMatchObject({ kind: "landed" });
    const before = await known.sandbox.git(borrower, "rev-parse", "main");
    renameSync(known.hub, `${known.hub}.gone`);
    expect(await known.open((hive) => say(hive, ONE, "three"), options)).toMatchObject({
      kind: "queued",
      why: { code: "hub_damaged" },
    });
    renameSync(`${known.hub}.gone`, known.hub);
    expect(await known.sandbox.git(borrower, "rev-parse", "main")).toBe(before);
    expect(await known.open((hive) => say(hive, ONE, "four"), options)).toMatchObject({ kind: "landed" });
  });
});

describe("a state directory with a folder in the place of a file", () => {
  const FILES = [
    "../../../../../host-id",
    "lock/99",
    "replica.git/config",
    "root.json",
    "parts",
    "pace.json",
  ];
  const PLACES = [...FILES, "parts/sessions.json", "parts/messages.json", "outbox/01M8P2B@1.json"];

  it.each(PLACES)("is read, and writes land or say what mends it: %s", async (name) => {
    const known = await KnownHub.open(openSandbox());
    const host = join(known.sandbox.directory, "hosts/a");
    const place = name.endsWith("host-id") ? join(host, "host-id") : join(known.directory, name);
    rmSync(place, { recursive: true, force: true });
    mkdirSync(join(place, "x"), { recursive: true });
    const { state } = await known.open((hive) => hive.read(["sessions"]));
    expect(state.sessions).toHaveLength(2);
    const written = await known
      .open((hive) => say(hive, ONE, "Now"))
      .catch((error: unknown) => ({ kind: "failed", why: error as HiveError }));
    if (written.kind === "landed") return;
    expect(written).toMatchObject({ why: { hint: expect.stringMatching(/^A f\w+ lies where .*Remove it/) } });
  });
});

describe("an outbox that cannot be listed", () => {
  const LOOPS: Readonly<Record<string, (path: string) => void>> = {
    "is a file": (path) => writeFileSync(path, ""),
    "leads to itself": (path) => symlinkSync(path, path),
  };

  it.each(Object.keys(LOOPS))("counts as empty for nobody, and reads answer: it %s", async (name) => {
    const known = await KnownHub.open(openSandbox());
    const outbox = join(known.directory, "outbox");
    rmSync(outbox, { recursive: true });
    LOOPS[name]?.(outbox);
    await known.open(async (hive) => {
      expect((await hive.read(["sessions"])).state.sessions).toHaveLength(2);
      expect(await hive.outbox.count()).toEqual({ unsent: 0, refused: 0 });
      expect(hive.unkept?.message).toMatch(/outbox/);
      await expect(hive.outbox.list()).rejects.toThrow(/outbox/);
      await expect(say(hive, ONE, "Now")).rejects.toThrow(/outbox/);
    });
  });
});
