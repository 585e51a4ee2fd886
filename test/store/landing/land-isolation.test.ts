import { existsSync, readFileSync } from "node:fs";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openWorkplace } from "../../../src/app/workplace/workplace.ts";
import { HiveError } from "../../../src/errors.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { hubWith, say, sessionId } from "../../support/hub-with.ts";
import type { Sandbox } from "../../support/sandbox.ts";
import { installHook } from "../../support/server-hook.ts";
import { writeSshShim } from "../../support/ssh-shim.ts";

const SESSION = "session-1";
const HOOKS = [
  ...[
    "pre-commit",
    "prepare-commit-msg",
    "commit-msg",
    "post-commit",
    "pre-push",
    "post-checkout",
    "post-merge",
  ],
  ...["reference-transaction", "post-index-change", "post-rewrite", "pre-receive", "update", "post-receive"],
];

/** Every file below a folder with its bytes and its modification time. */
async function contentsOf(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = files.sort().map(async (path) => {
    const [bytes, { mtimeMs, mode }] = await Promise.all([readFile(path, "latin1"), stat(path)]);
    return [path, `${mode} ${mtimeMs} ${bytes}`] as const;
  });
  return new Map(await Promise.all(read));
}

/** Hooks that create a file when they run; returns that file. */
async function installCanaries(sandbox: Sandbox, repository: string): Promise<string> {
  const canary = join(sandbox.directory, "canary");
  for (const name of HOOKS) await installHook(repository, name, `echo ${name} >> ${canary}`);
  return canary;
}

/** A clone with everything that a user may have in progress. */
async function cloneInUse(sandbox: Sandbox, hub: string): Promise<string> {
  const clone = join(sandbox.directory, "clone");
  await sandbox.git(sandbox.directory, "clone", "--quiet", `file://${hub}`, clone);
  await writeFile(join(clone, "coordination/REGISTRY.json"), "half an edit");
  await writeFile(join(clone, "staged.txt"), "staged");
  await sandbox.git(clone, "add", "staged.txt");
  await writeFile(join(clone, "staged.txt"), "and edited since");
  await writeFile(join(clone, "untracked.txt"), "untracked");
  return clone;
}

describe("a command run inside a user's clone of the hub", () => {
  it("lands, changes no byte of the clone, and runs no hook", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, SESSION);
    const clone = await cloneInUse(sandbox, hub);
    const canary = await installCanaries(sandbox, join(clone, ".git"));
    const before = await contentsOf(clone);

    const { hive } = await openWorkplace(sandbox.host("a", { directory: clone }), {});
    sandbox.atEnd(() => hive.close());
    const sent = await say(hive, SESSION, "Hello");
    await hive.read(["sessions", "messages"]);

    expect((await sandbox.history(hub)).at(-1)?.op).toBe(sent.op);
    expect(await contentsOf(clone)).toEqual(before);
    expect(existsSync(canary)).toBe(false);
  });

  it("lands on the hub although git's variables, as inside a hook, point at the clone", async () => {
    const sandbox = openSandbox();
    const hub = await hubWith(sandbox, SESSION);
    const clone = await cloneInUse(sandbox, hub);
    const before = await contentsOf(clone);
    const variables = {
      GIT_DIR: join(clone, ".git"),
      GIT_WORK_TREE: clone,
      GIT_INDEX_FILE: join(clone, ".git/index"),
      GIT_OBJECT_DIRECTORY: join(clone, ".git/objects"),
      GIT_QUARANTINE_PATH: join(clone, ".git/objects"),
      GIT_NAMESPACE: "elsewhere",
      GIT_AUTHOR_NAME: "Mallory",
      GIT_AUTHOR_DATE: "1234567890 +0000",
      GIT_COMMITTER_NAME: "Mallory",
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "remote.git-hive.url",
      GIT_CONFIG_VALUE_0: clone,
      GIT_TRACE: join(sandbox.directory, "trace"),
    };
    const host = sandbox.host("a");

    for (const address of [hub, `file://${hub}`]) {
      const hive = await sandbox.hive(address, { ...host, env: { ...host.env, ...variables } });
      const sent = await say(hive, SESSION, "Hello");
      expect((await sandbox.history(hub)).at(-1)).toMatchObject({ op: sent.op, author: SESSION });
    }
    expect(await contentsOf(clone)).toEqual(before);
    expect(existsSync(variables.GIT_TRACE)).toBe(false);
  });
});

it("neither the hooks of a hub on this disk nor programs in the user's git settings run", async () => {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, SESSION);
  const canary = await installCanaries(sandbox, hub);
  const template = sandbox.folder("template");
  await installCanaries(sandbox, template);
  const settings = join(sandbox.directory, "gitconfig");
  await writeFile(
    settings,
    `[core]\n\thooksPath = ${hub}/hooks\n\tfsmonitor = "touch ${canary}; false"\n` +
      `[init]\n\ttemplateDir = ${template}\n[commit]\n\tgpgSign = true\n[gpg]\n\tprogram = touch ${canary}\n` +
      `[push]\n\tdefault = nothing\n\tgpgSign = true\n\tfollowTags = true\n[fetch]\n\tprune = true\n`,
  );
  const host = sandbox.host("a");
  const world = { ...host, env: { ...host.env, GIT_CONFIG_GLOBAL: settings } };

  const onDisk = await say(await sandbox.hive(hub, world), SESSION, "Hello");
  expect(existsSync(canary)).toBe(false);
  // The hub's own git receives a push, and it runs the hub's hooks only.
  for (const name of HOOKS) await installHook(hub, name, "exit 0");
  const pushed = await say(await sandbox.hive(`file://${hub}`, world), SESSION, "Hello");

  expect(existsSync(canary)).toBe(false);
  expect((await sandbox.history(hub)).slice(-2).map(({ op }) => op)).toEqual([onDisk.op, pushed.op]);
});

it("a machine without any git identity commits as the session", async () => {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, SESSION);
  await expect(sandbox.git(hub, "config", "user.name")).rejects.toThrow();
  sandbox.clock.now = Date.parse("2026-02-03T04:05:06Z");
  const hive = await sandbox.hive(`file://${hub}`);
  await hive.submit("heartbeat", {}, sessionId(SESSION));
  const people = await sandbox.git(hub, "log", "-1", "--format=%an <%ae> %at / %cn <%ce> %ct", "main");
  const who = `session-1 <session-1@git-hive.invalid> ${sandbox.clock.now / 1000}`;
  expect(people).toBe(`${who} / ${who}`);
});

it.each([
  "ssh://-oProxyCommand=touch/hub.git",
  "ssh://ada@-oProxyCommand=touch/hub.git",
  "x@example.org:--upload-pack=touch",
])("an address that would be an option of ssh or git is refused: %s", async (address) => {
  const sandbox = openSandbox();
  const shim = await writeSshShim(sandbox);
  const host = sandbox.host("a");
  const env = { ...host.env, GIT_SSH_COMMAND: shim };
  const read = async () => (await sandbox.hive(address, { ...host, env })).read([]);
  await expect(read()).rejects.toThrow(HiveError);
  expect(existsSync(`${shim}.log`) ? readFileSync(`${shim}.log`, "utf8") : "").not.toMatch(
    /(?:^| )-oProxyCommand|upload-pack --upload-pack/,
  );
});
