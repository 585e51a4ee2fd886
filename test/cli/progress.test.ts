import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Io } from "../../src/cli/io.ts";
import { makeWorld, type TestWorld } from "../support/test-world.ts";

const CLEAR = "\r\u001b[K";

/** A world whose stderr is a terminal. */
function terminal(isTerminal = true): TestWorld {
  const fixed = { env: {}, directory: "/", home: "/", random: () => 0 };
  const world = makeWorld(fixed, { now: 0 });
  return Object.assign(world, { isErrorTerminal: () => isTerminal });
}

describe("progress", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is shown after a second, and makes room for other output", () => {
    const world = terminal();
    const io = new Io(world, {});
    io.busy("Validating");
    vi.advanceTimersByTime(900);
    expect(world.printed.err).toBe("");
    vi.advanceTimersByTime(1100);
    expect(world.printed.err).toBe(`${CLEAR}Validating... 1 s${CLEAR}Validating... 2 s`);
    io.note("Not read: a file");
    expect(world.printed.err).toContain(`2 s${CLEAR}Not read: a file\n`);
    io.idle();
    vi.advanceTimersByTime(5000);
    expect(world.printed.err.endsWith("Not read: a file\n")).toBe(true);
    expect(world.printed.out).toBe("");
  });

  it.each([
    ["where stderr is no terminal", false, {}],
    ["with --quiet", true, { quiet: true }],
  ])("is not shown %s", (_, isTerminal, options) => {
    const world = terminal(isTerminal);
    new Io(world, options).busy("Importing");
    vi.advanceTimersByTime(5000);
    expect(world.printed).toEqual({ out: "", err: "" });
  });
});
