import { expect, it } from "vitest";
import { ONE, openHelping, TWO } from "../../support/helping.ts";
import { say } from "../../support/hub-with.ts";
import { seeded } from "../../support/test-world.ts";
import { times } from "../../support/times.ts";

it.each([1, 2, 3].slice(0, times(3)))(
  "three hosts at once, over a bad line, land everything once and in order (seed %i)",
  async (seed) => {
    const { http, connect, added } = await openHelping();
    const hives = await Promise.all(["a", "b", "c"].map((name) => connect(name)));
    for (const hive of hives) await hive.read([]);
    http.faults = { random: seeded(`helping ${seed}`), dropBefore: 0.08, dropAfter: 0.12 };
    const told = hives.map(async (hive, index) => {
      const ops: string[] = [];
      for (let each = 0; each < 4; each++)
        ops.push((await say(hive, index === 0 ? ONE : TWO, `${index} ${each}`)).op);
      return ops;
    });
    const ops = await Promise.all(told);
    http.faults = undefined;
    for (const hive of hives) await hive.outbox.send();
    const landed = (await added()).map(({ op }) => op);
    expect([...landed].sort()).toEqual(ops.flat().sort());
    for (const own of ops) expect(landed.filter((op) => own.includes(op))).toEqual(own);
  },
);
