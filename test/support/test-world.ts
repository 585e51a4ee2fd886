import { ulid } from "ulid";
import { runHook } from "../../src/hook/run.ts";
import { shellLine } from "../../src/shell-line.ts";
import type { World } from "../../src/world.ts";

/** A world whose clock stands still, whose randomness is seeded and whose output is kept. */
export interface TestWorld extends World {
  readonly printed: { out: string; err: string };
  /** The programs that were started to run by themselves. */
  readonly started: (readonly string[])[];
  /** The files that were opened for the user. */
  readonly opened: string[];
}

type Fixed = Pick<World, "env" | "directory" | "home" | "random">;

/** Time passes only when a test moves the clock, or something sleeps. */
export function makeWorld(fixed: Fixed, clock: { now: number }): TestWorld {
  const printed = { out: "", err: "" };
  const started: (readonly string[])[] = [];
  const opened: string[] = [];
  return {
    ...fixed,
    version: "0.0.0",
    now: () => clock.now,
    newId: async () => ulid(clock.now, fixed.random) as Awaited<ReturnType<World["newId"]>>,
    out: (text) => {
      printed.out += text;
    },
    err: (text) => {
      printed.err += text;
    },
    readInput: async () => "",
    readInputWithin: async () => "",
    listenForStop: () => undefined,
    stop: () => undefined,
    sleep: async (milliseconds) => {
      clock.now += milliseconds;
      return "slept";
    },
    ancestors: () => [],
    isTerminal: false,
    isErrorTerminal: () => false,
    columns: () => 80,
    rows: () => 24,
    takeKeyboard: async () => undefined,
    isInteractive: () => false,
    ask: async () => "",
    program: ["hive"],
    mcp: { tools: async () => [], serve: async () => undefined },
    answerHook: runHook,
    startDetached: async (argv) => void started.push(argv),
    shellLine,
    openFile: async (path) => opened.push(path) > 0,
    abandon: () => undefined,
    reached: () => undefined,
    printed,
    started,
    opened,
  };
}

/** Numbers from 0 up to 1 that are the same in every run, and others for every name (mulberry32). */
export function seeded(name: string): () => number {
  let state = [...name].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) | 0, 7);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
