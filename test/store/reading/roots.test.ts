import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { HubStore } from "../../../src/store/hub-store.ts";
import { readRoot } from "../../../src/store/reading/listing.ts";
import { anOperation, NOON } from "../../support/builders.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { commitByHand } from "../../support/hand-commit.ts";
import { hubDirectoryOf, placeOf, publish } from "../../support/hub-store.ts";
import { askForHelp, hubWith, say, sessionId } from "../../support/hub-with.ts";

async function open() {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, "session-1", "session-2");
  const store = await placeOf(sandbox, hub);
  const file = join(hubDirectoryOf(store), "root.json");
  return { sandbox, hub, store, file, again: () => placeOf(sandbox, hub) };
}

/** The newest commit as git reads it. */
function asGitHasIt({ objects, repository }: HubStore) {
  return readRoot(objects, repository.tip);
}

describe("the newest root", () => {
  it("exists from the first commit on", async () => {
    const sandbox = openSandbox();
    const hub = await sandbox.bareHub();
    const store = await placeOf(sandbox, hub);
    expect(store.roots.newest()).toBeUndefined();
    const hive = await sandbox.hive(hub);
    await hive.submit("init", {}, sessionId("git-hive"));
    expect(store.roots.newest()).toEqual(asGitHasIt(store));
    expect(store.roots.newest()?.entries.has("hive.yaml")).toBe(true);
  });

  it.each(["path", "file://"])(
    "equals git's after each write of this host, by %s, and of others, in this process and in later ones",
    async (kind) => {
      const { sandbox, hub } = await open();
      const address = kind === "path" ? hub : `${kind}${hub}`;
      const hive = await sandbox.hive(address);
      const writes = [
        () => say(hive, "session-1", "Hello"),
        () => askForHelp(hive, "session-1", "session-2"),
        () => hive.submit("register", { name: "One" }, sessionId("session-1")),
        () => commitByHand(sandbox, hub, [{ path: "coordination/new/file.txt", content: "x" }]),
        () => commitByHand(sandbox, hub, [{ path: "coordination/new/file.txt" }]),
        () => commitByHand(sandbox, hub, [{ path: "README.md", content: "x" }]),
        () => say(hive, "session-2", "Again"),
      ];
      const store = await placeOf(sandbox, address);
      for (const write of writes) {
        await write();
        await hive.read([]);
        for (const each of [store, await placeOf(sandbox, address)])
          expect(each.roots.newest()).toEqual(asGitHasIt(each));
      }
    },
  );

  it("has no entry for a folder whose last file was deleted", async () => {
    const { sandbox, hub, store } = await open();
    await commitByHand(sandbox, hub, [{ path: "coordination/new/file.txt", content: "x" }]);
    const { roots } = store;
    const base = roots.newest();
    const files = [{ path: "coordination/new/file.txt", text: undefined }];
    const draft = { authors: [anOperation()], kind: "import", subject: "tidy up", files };
    roots.remember(base, files, await publish(store, base?.commit, [draft]), NOON);
    expect(roots.newest()).toEqual(asGitHasIt(store));
    expect(roots.newest()?.entries.has("new")).toBe(false);
  });

  it("of a branch that was set back is the older one", async () => {
    const { sandbox, hub, store } = await open();
    await say(await sandbox.hive(hub), "session-1", "Hello");
    store.roots.newest();
    await sandbox.git(hub, "update-ref", "refs/heads/main", "main^");
    expect(store.roots.newest()).toEqual(asGitHasIt(store));
  });

  it("of a repository that is no hub has no entries", async () => {
    const sandbox = openSandbox();
    const hub = await sandbox.bareHub();
    await commitByHand(sandbox, hub, [{ path: "README.md", content: "x" }]);
    expect((await placeOf(sandbox, hub)).roots.newest()?.entries.size).toBe(0);
  });
});

describe("the saved root", () => {
  it("equals the root that git reads", async () => {
    const { store, again, file } = await open();
    const root = store.roots.newest();
    const { commit } = JSON.parse(readFileSync(file, "utf8")) as { commit: string };
    expect(commit).toBe(root?.commit);
    expect((await again()).roots.newest()).toEqual(root);
  });

  it.each([
    "",
    "{",
    "null",
    "[]",
    "5",
    '{"entries":[]}',
    '{"commit":"x","entries":{}}',
    '{"commit":"x","entries":[null]}',
  ])("that contains %j is replaced", async (content) => {
    const { store, again, file } = await open();
    store.roots.newest();
    writeFileSync(file, content);
    const later = await again();
    expect(later.roots.newest()).toEqual(asGitHasIt(later));
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ commit: later.roots.newest()?.commit });
  });

  it("may be missing when it cannot be written", async () => {
    const { sandbox, hub, file, again } = await open();
    rmSync(file, { force: true });
    sandbox.folder(file.slice(sandbox.directory.length + 1), "in-the-way");
    const store = await again();
    expect(store.roots.newest()).toEqual(asGitHasIt(store));
    expect(await say(await sandbox.hive(hub), "session-1", "Hello")).toMatchObject({ kind: "landed" });
  });
});
