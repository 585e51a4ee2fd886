import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Scene } from "./scene.ts";

/** What happens around the clients of a run: what else works in the hub and in the replicas. */
export interface Surroundings {
  /** Ends it, and waits until it has ended. */
  stop(): Promise<void>;
}

/** What a janitor runs in a repository. Only the last ones delete objects that were written just now. */
const TIDY = [
  ["gc", "--quiet"],
  ["repack", "-a", "-d", "--quiet"],
];
const PRUNE = [
  ["gc", "--quiet", "--prune=now"],
  ["prune", "--expire=now"],
];

/**
 * Lets janitors pack and prune the hub and all replicas, and a person commit to the hub by hand, until it is stopped.
 * `prunesHub` lets the hub be pruned of objects that no ref points to yet, which only a hub on this disk withstands:
 * any other hub must not be pruned like that while anybody pushes, says git.
 */
export function startSurroundings(
  scene: Scene,
  random: () => number,
  { prunesHub }: { readonly prunesHub: boolean },
): Surroundings {
  const state = { isOver: false };
  const again = async (act: () => Promise<unknown>, pauseMs: number) => {
    while (!state.isOver) {
      await Promise.resolve()
        .then(act)
        .catch(() => undefined);
      await pause(pauseMs * (0.5 + random()));
    }
  };
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)];
  const tidy = (path: string | undefined, commands: readonly string[][]) =>
    path === undefined ? Promise.resolve() : scene.sandbox.git(path, ...(pick(commands) ?? []));
  const loops = [
    again(() => tidy(scene.hub, prunesHub ? [...TIDY, ...PRUNE] : TIDY), 700),
    again(() => tidy(pick(replicasOf(scene)), [...TIDY, ...PRUNE]), 500),
    commitByHand(scene, again),
  ];
  return {
    async stop() {
      state.isOver = true;
      await Promise.all(loops);
    },
  };
}

async function commitByHand(
  { sandbox, hub }: Scene,
  again: (act: () => Promise<unknown>, pauseMs: number) => Promise<void>,
): Promise<void> {
  const clone = join(sandbox.directory, "person");
  await sandbox.git(sandbox.directory, "clone", "--quiet", `file://${hub}`, clone);
  await again(async () => {
    await sandbox.git(clone, "fetch", "--quiet");
    await sandbox.git(clone, "reset", "--quiet", "--hard", "origin/main");
    await sandbox.git(clone, "commit", "--quiet", "--allow-empty", "-m", "by hand");
    await sandbox.git(clone, "push", "--quiet");
  }, 1500);
}

/** The replicas that the hosts have made. */
function replicasOf({ hosts }: Scene): string[] {
  return [...hosts.values()].flatMap(({ state }) =>
    existsSync(state)
      ? readdirSync(state, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isDirectory() && entry.name === "objects")
          .map((entry) => entry.parentPath)
      : [],
  );
}
