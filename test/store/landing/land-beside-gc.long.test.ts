import { execFile } from "node:child_process";
import { expect, it } from "vitest";
import { openSandbox } from "../../support/git-sandbox.ts";
import { hubDirectoryOf, placeOf } from "../../support/hub-store.ts";
import { hubWith, say } from "../../support/hub-with.ts";

const WRITES = 20;

const CLEANERS = {
  "gc --prune=now": [["gc", "--quiet", "--prune=now"]],
  "repack -a -d": [["repack", "-a", "-d", "--quiet"]],
  gc: [["gc", "--quiet"]],
  "prune, and a gc now and then": [
    ["prune", "--expire=now"],
    ["prune", "--expire=now"],
    ["gc", "--quiet", "--prune=now"],
  ],
};

/** Runs commands in repositories, one after the other, until it is stopped. They may fail. */
function keepCleaning(repositories: readonly string[], commands: readonly string[][]) {
  let isStopped = false;
  const run = (directory: string, args: readonly string[]) =>
    new Promise<void>((resolve) => execFile("git", ["--git-dir", directory, ...args], () => resolve()));
  const ended = (async () => {
    while (!isStopped)
      for (const directory of repositories) for (const command of commands) await run(directory, command);
  })();
  return () => {
    isStopped = true;
    return ended;
  };
}

it.each(
  Object.entries(CLEANERS).flatMap(([name, commands]) =>
    ["path", "file"].map((kind) => ({ name, commands, kind })),
  ),
)("$name beside the writes of two hosts to a hub by $kind loses nothing", async ({ commands, kind }) => {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, "session-1", "session-2");
  const address = kind === "path" ? hub : `file://${hub}`;
  const hosts = ["a", "b"].map((name) => sandbox.host(name));
  const replicas = [];
  for (const host of hosts) {
    const store = await placeOf(sandbox, address, host);
    await store.repository.refresh();
    if (kind === "file") replicas.push(`${hubDirectoryOf(store)}/replica.git`);
  }
  const stop = keepCleaning([hub, ...replicas], commands);
  const sent = await Promise.all(
    hosts.map(async (host, index) => {
      const hive = await sandbox.hive(address, host);
      const ops = [];
      for (let number = 0; number < WRITES; number++)
        ops.push(await say(hive, `session-${index + 1}`, `Message ${number}`));
      return ops;
    }),
  );
  await stop();
  for (const host of hosts) await (await sandbox.hive(address, host)).outbox.send();
  await sandbox.fsck(hub);
  const landed = (await sandbox.history(hub)).map(({ op }) => op).filter(Boolean);
  expect(landed).toEqual([...new Set(landed)]);
  expect(landed).toEqual(expect.arrayContaining(sent.flat().map(({ op }) => op)));
  // A write may stay queued for a while, never fail.
  expect(new Set(sent.flat().map(({ kind: end }) => end))).toSatisfy(
    (ends: Set<string>) => !ends.has("refusal"),
  );
});
