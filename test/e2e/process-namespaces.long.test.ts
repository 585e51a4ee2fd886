import { type ChildProcess, spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { openSandbox } from "../support/git-sandbox.ts";
import { hubWith } from "../support/hub-with.ts";
import { ended, MAIN, Machine, ROOT } from "../support/processes.ts";
import { installHook } from "../support/server-hook.ts";

/*
 * Containers that share a state directory: the process numbers of one mean nothing, or another process, in the other.
 * Real ones need root; in the others, the program is told by a module what the system would tell it there.
 */

const WRITES = 50;
const SESSIONS = ["session-1", "session-2"] as const;
const UNSHARE = ["--pid", "--fork", "--mount-proc", "--kill-child"];
const PRELOAD = join(ROOT, "test/support/other-namespace.cjs");

/** Writes so many broadcasts, one after the other, and prints how each ended. */
const WRITER = 'n=$1; shift; i=0; while [ $i -lt "$n" ]; do i=$((i + 1)); "$@" >/dev/null; echo $?; done';

/** What doctor says of processes that it takes for dead. */
const BLAMED = /died while|Processes that died/;

const mayUnshare = spawnSync("unshare", [...UNSHARE, "true"], { timeout: 10_000 }).status === 0;
const KINDS = [
  ["as the system makes them (needs unshare and root)", true],
  ["as a module makes the program believe", false],
] as const;

/** Starts a program in a container of its own. */
function startIn(machine: Machine, name: string, isReal: boolean, argv: readonly string[]): ChildProcess {
  const [file = "", ...rest] = isReal ? ["unshare", ...UNSHARE, ...argv] : argv;
  return machine.start(file, rest, { HIVE_TEST_NAMESPACE: name });
}

/** The command line of a broadcast that waits long for its answer. */
function broadcast(session: string, isReal: boolean): string[] {
  const options = isReal ? [] : ["--require", PRELOAD];
  const call = ["broadcast", `${session} says it.`, "--as", session, "--timeout", "60s"];
  return [process.execPath, ...options, MAIN, ...call];
}

interface Waiting {
  readonly operations: readonly { readonly state: string }[];
}

async function setUp(kind: "path" | "file") {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, ...SESSIONS);
  const machine = new Machine(sandbox, "a", { HIVE_HUB: kind === "path" ? hub : `file://${hub}` });
  const texts = async () =>
    (await sandbox.history(hub)).filter(({ subject }) => / says it/.test(subject)).map(({ op }) => op);
  return { sandbox, hub, machine, texts };
}

describe.each(KINDS)("two process namespaces that share a state directory, %s", (_, isReal) => {
  const test = it.skipIf(isReal && !mayUnshare);

  test.each(["path", "file"] as const)("land all writes, and each is told so: a hub by %s", async (kind) => {
    const { sandbox, hub, machine, texts } = await setUp(kind);
    await installHook(hub, "pre-receive", "sleep 0.2");
    const writes = isReal ? WRITES : WRITES / 5;
    const answers = await Promise.all(
      SESSIONS.map((session) => {
        const loop = ["sh", "-c", WRITER, "sh", String(writes), ...broadcast(session, isReal)];
        return ended(startIn(machine, session, isReal, loop));
      }),
    );
    const codes = answers.flatMap(({ out }) => out.trim().split("\n"));
    expect(codes).toEqual(Array(2 * writes).fill("0"));
    const landed = await texts();
    expect([landed.length, new Set(landed).size]).toEqual([2 * writes, 2 * writes]);
    expect((await machine.json<Waiting>("outbox")).operations).toEqual([]);
    expect((await machine.hive("doctor")).out).not.toMatch(BLAMED);
    await sandbox.fsck(hub);
  });

  test("succeed a writer that is killed there while it pushes, in bounded time, and land each write once", async () => {
    const { sandbox, hub, machine, texts } = await setUp("file");
    const [held, begun] = [join(sandbox.directory, "held"), join(sandbox.directory, "begun")];
    await machine.print("sync");
    writeFileSync(held, "");
    sandbox.atEnd(() => rmSync(held, { force: true }));
    await installHook(hub, "pre-receive", `: >${begun}; while [ -e ${held} ]; do sleep 0.1; done`);
    const [one, two] = SESSIONS;
    const killed = startIn(machine, one, isReal, broadcast(one, isReal));
    while (!existsSync(begun)) await wait(20);
    const waiting = machine.hive("broadcast", `${two} says it.`, "--as", two, "--timeout", "60s");
    while ((await machine.json<Waiting>("outbox")).operations.length < 2) await wait(20);
    expect((await machine.hive("doctor")).out).not.toMatch(BLAMED);
    expect((await machine.json<Waiting>("outbox")).operations.map(({ state }) => state)).toEqual(
      Array(2).fill("sending"),
    );
    killed.kill("SIGKILL");
    rmSync(held);
    const started = performance.now();
    expect((await waiting).code).toBe(0);
    expect(performance.now() - started).toBeLessThan(25_000);
    await machine.print("sync");
    const landed = await texts();
    expect([landed.length, new Set(landed).size]).toEqual([2, 2]);
  });
});
