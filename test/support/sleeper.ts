import type { World } from "../../src/world.ts";

type Nap = (alarm: Promise<unknown> | undefined) => unknown;

/** A sleep that does one thing after the other instead of taking time, and is interrupted after the last. */
export function sleeper(
  ...naps: (readonly ["slept" | "woken", Nap])[]
): Pick<World, "sleep"> & { slept: number[] } {
  const slept: number[] = [];
  return {
    slept,
    sleep: async (milliseconds, alarm) => {
      slept.push(milliseconds);
      const nap = naps[slept.length - 1];
      if (nap === undefined) return "interrupted";
      await nap[1](alarm);
      return nap[0];
    },
  };
}

/** The whole pause passes, and something happens meanwhile. */
export function pass(meanwhile: () => unknown = () => undefined): readonly ["slept", Nap] {
  return ["slept", meanwhile];
}

/** Something happens, and the alarm goes off. */
export function wake(by: () => unknown): readonly ["woken", Nap] {
  return [
    "woken",
    async (alarm) => {
      await by();
      await alarm;
    },
  ];
}
