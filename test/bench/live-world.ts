import process, { hrtime } from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import type { World } from "../../src/world.ts";
import { makeWorld } from "../support/test-world.ts";

export type Variables = Readonly<Record<string, string>>;

/** A world with this machine's clock and its own randomness, in a directory and with variables of the bench's choosing. */
export function liveWorld(env: Variables, directory: string, home: string): World {
  const clock = { now: Date.now() };
  const world = makeWorld({ env, directory, home, random: Math.random }, clock);
  return {
    ...world,
    now: Date.now,
    newId: () => {
      clock.now = Date.now();
      return world.newId();
    },
    sleep: async (milliseconds) => {
      await wait(milliseconds);
      return "slept";
    },
  };
}

/** The variables that a process of a bench starts with: nothing of this machine but where its programs are. */
export function bareVariables(home: string): Variables {
  return {
    PATH: process.env.PATH ?? "",
    HOME: home,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    LC_ALL: "C",
  };
}

/** Milliseconds on a clock that never jumps, the same in all processes of this machine. */
export function monotonic(): number {
  return Number(hrtime.bigint()) / 1e6;
}

/** How long something takes, in milliseconds. */
export async function timed(act: () => Promise<unknown>): Promise<number> {
  const started = monotonic();
  await act();
  return monotonic() - started;
}
