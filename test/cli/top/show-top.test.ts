import { describe, expect, it, onTestFinished } from "vitest";
import { Io } from "../../../src/cli/io.ts";
import { showTop } from "../../../src/cli/top/show-top.ts";
import type { Dashboard } from "../../../src/domain/dashboard/dashboard.ts";
import type { Key, World } from "../../../src/world.ts";
import { aDay } from "../../dashboard/scenes.ts";
import { Emulator } from "../../support/emulator.ts";
import { Sandbox } from "../../support/sandbox.ts";

/** A terminal in which a user presses keys, each after one sleep more of the program. */
function aTerminal(keys: readonly (string | undefined)[], over: Partial<World> = {}) {
  const sandbox = new Sandbox();
  onTestFinished(() => sandbox.close());
  const emulator = new Emulator(80, 24);
  const told = { isGivenBack: false, isStopped: false, frames: 0 };
  const left = [...keys];
  let press: (key: Key) => void = () => undefined;
  const world = sandbox.world({
    isTerminal: true,
    out: (text) => {
      told.frames++;
      void emulator.write(text);
    },
    takeKeyboard: async (onKey) => {
      press = onKey;
      return () => {
        told.isGivenBack = true;
      };
    },
    stop: () => {
      told.isStopped = true;
    },
    sleep: async () => {
      if (told.isStopped) return "interrupted";
      const key = left.shift();
      if (key !== undefined) press({ name: key, text: key });
      return "slept";
    },
    ...over,
  });
  return { emulator, told, context: { world, io: new Io(world, {}) } };
}

const day = aDay();

function live(states: () => AsyncGenerator<Dashboard>) {
  return { first: day, states };
}

async function* none(): AsyncGenerator<Dashboard> {}

const GIVEN_BACK = { isGivenBack: true, isStopped: true };

describe("hive top", () => {
  it("gives the terminal back when the user ends it, and follows the hub no longer", async () => {
    const { emulator, told, context } = aTerminal(["4", undefined, "q"]);
    expect(await showTop(context, live(none))).toBe(true);
    await emulator.write("");
    expect(told).toMatchObject(GIVEN_BACK);
    expect(emulator).toMatchObject({ isAlternate: false, isWrapping: true });
  });

  it("gives the terminal back when the state cannot be read, and ends with that error", async () => {
    const { emulator, told, context } = aTerminal([]);
    const states = async function* (): AsyncGenerator<Dashboard> {
      yield day;
      throw new Error("broken");
    };
    await expect(showTop(context, live(states))).rejects.toThrow("broken");
    await emulator.write("");
    expect(told).toMatchObject(GIVEN_BACK);
    expect(emulator.isAlternate).toBe(false);
  });

  it("gives the terminal back when a state cannot be shown", async () => {
    const { told, context } = aTerminal([]);
    const broken = { ...day, sessions: undefined } as unknown as Dashboard;
    await expect(showTop(context, { ...live(none), first: broken })).rejects.toThrow(TypeError);
    expect(told).toMatchObject(GIVEN_BACK);
  });

  it("shows nothing where there is no keyboard", async () => {
    const { told, context } = aTerminal([], { takeKeyboard: async () => undefined });
    expect(await showTop(context, live(none))).toBe(false);
    expect(told.frames).toBe(0);
  });

  it("writes nothing while nothing changes", async () => {
    const { told, context } = aTerminal([...Array(20), "q"]);
    await showTop(context, live(none));
    // The screen is entered, drawn once and left.
    expect(told.frames).toBe(3);
  });
});
