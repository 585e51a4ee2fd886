import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { type EndedProcess, ended } from "../support/processes.ts";
import type { Sandbox } from "../support/sandbox.ts";

/** How a process is to die: by its own hand at a step, or from outside after a while and in whichever company. */
export type Death =
  | { readonly step: string; readonly nth: number }
  | { readonly afterMs: number; readonly who: Company };

/** Alone, so that its children go on; with its process group; with every child of a child. */
export type Company = "alone" | "group" | "family";
export const COMPANIES: readonly Company[] = ["alone", "group", "family"];

export interface Ran extends EndedProcess {
  readonly hung: boolean;
}

/** No command may take longer than this, whatever happens to it. */
const LONGEST_MS = 60_000;

interface Start {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** Runs a program in a process group of its own to its end, whichever that is. */
export async function runDeadly(argv: readonly string[], start: Start, death?: Death): Promise<Ran> {
  const step = death && "step" in death ? { HIVE_TEST_KILL: `${death.step}:${death.nth}` } : {};
  const child = spawn(process.execPath, argv, {
    ...start,
    env: { ...start.env, ...step },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let hung = false;
  const limit = setTimeout(() => {
    hung = true;
    kill(child, "family");
  }, LONGEST_MS);
  const dies =
    death && "afterMs" in death ? setTimeout(() => kill(child, death.who), death.afterMs) : undefined;
  const end = await ended(child).finally(() => [limit, dies].forEach(clearTimeout));
  return { ...end, hung };
}

function kill(child: ChildProcess, who: Company): void {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (who !== "family") {
    send(who === "alone" ? pid : -pid, "SIGKILL");
    return;
  }
  // Stopped first, so that it starts nobody while its family is looked up.
  send(pid, "SIGSTOP");
  for (const each of [...descendants(pid), pid]) send(each, "SIGKILL");
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself meanwhile.
  }
}

/** Git starts its helpers in groups of their own, so only who started whom tells the family. */
function descendants(root: number): number[] {
  const parents = new Map(
    readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .flatMap(parentOf),
  );
  const below = (pid: number): number[] =>
    [...parents].filter(([, parent]) => parent === pid).flatMap(([child]) => [child, ...below(child)]);
  return below(root);
}

/**
 * Waits until no process runs any more that was started with a sandbox's environment: killed clients leave pushes behind,
 * and beside a push `git fsck` says that objects are missing.
 */
export async function untilNobodyRuns(sandbox: Pick<Sandbox, "directory">): Promise<void> {
  const ends = Date.now() + LONGEST_MS;
  while (Date.now() < ends && readdirSync("/proc").some((pid) => isOf(pid, sandbox.directory)))
    await pause(50);
}

function isOf(pid: string, directory: string): boolean {
  try {
    return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, "utf8").includes(directory);
  } catch {
    return false;
  }
}

function parentOf(pid: string): [pid: number, parent: number][] {
  try {
    const [, parent] = /\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    return [[Number(pid), Number(parent)]];
  } catch {
    return [];
  }
}
