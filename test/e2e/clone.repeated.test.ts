import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, it } from "vitest";
import { BOARD_PATH } from "../../src/domain/hub/layout.ts";
import { installMergeDriver } from "../../src/store/checkout/merge-driver.ts";
import { openSandbox } from "../support/git-sandbox.ts";
import { Person } from "../support/person.ts";
import { MAIN, Machine } from "../support/processes.ts";
import { seeded } from "../support/test-world.ts";
import { times } from "../support/times.ts";

/** A hub with a session on its own machine, and people with clones of the hub. */
async function setUp(...numbers: number[]) {
  const sandbox = openSandbox();
  const hub = await sandbox.bareHub();
  const session = new Machine(sandbox, "a", { HIVE_SESSION: "session-1", HIVE_HUB: hub });
  await session.print("init", "--remote", hub);
  await session.print("register", "session-1");
  const people = numbers.map((number) => new Person(sandbox, number));
  for (const { clone } of people) await sandbox.git(sandbox.directory, "clone", "--quiet", hub, clone);
  const install = (person: Person) =>
    installMergeDriver(person.clone, hub, [process.execPath, MAIN], sandbox.env);
  return { sandbox, hub, session, people, install };
}

/** Runs a command that changes a generated file. */
const DEEDS = [["broadcast"], ["register", "session-1", "--role"], ["heartbeat", "--work"]] as const;

describe("people who commit by hand while sessions write", () => {
  it.each(["ada", "bob", "cyd"].slice(0, times(3)))(
    "never see a conflict in a generated file, and have there what all of it generates: seed %s",
    async (seed) => {
      const { sandbox, hub, session, people, install } = await setUp(1, 2);
      const random = seeded(seed);
      const chance = (one: number) => random() < one;
      const work = async (person: Person) => {
        for (let isMore = true; isMore; isMore = chance(0.4))
          await (chance(0.5) ? person.writeMessage() : person.changeProfile(chance(0.5) ? "ada" : "zoe"));
      };
      const pull = async (person: Person) => {
        await person.git("pull", "--quiet", chance(0.7) ? "--rebase" : "--no-rebase");
        const { standing, generated } = await person.views();
        expect(standing).toEqual(generated);
        if (chance(0.5)) await person.git("push", "--quiet");
      };
      for (const person of people) expect(await install(person)).toBe(true);
      for (let turn = 0; turn < 4; turn++) {
        for (const person of people) await work(person);
        await session.print(...(DEEDS[Math.floor(random() * 3)] ?? []), `In turn ${turn}`);
        for (const person of people) await pull(person);
      }
      for (const person of people) expect(await person.git("status", "--porcelain")).toBe("");
      await sandbox.fsck(hub);
    },
  );

  it("get a conflict without the merge driver", async () => {
    const { session, people } = await setUp(1);
    for (const person of people) {
      await person.writeMessage();
      await session.print("broadcast", "Hello");
      await expect(person.git("pull", "--quiet", "--rebase")).rejects.toThrow(/could not apply/);
      expect(await person.git("diff", "--name-only", "--diff-filter=U")).toBe(BOARD_PATH);
    }
  });

  it("get an ordinary conflict in a generated file that they edited", async () => {
    const { session, people, install } = await setUp(1);
    for (const person of people) {
      await install(person);
      await writeFile(join(person.clone, BOARD_PATH), "# Messages\n\n## My own\n");
      await person.git("commit", "--quiet", "--all", "-m", "by hand");
      await session.print("broadcast", "Hello");
      await expect(person.git("pull", "--quiet", "--rebase")).rejects.toThrow(/could not apply/);
      expect(person.read(BOARD_PATH)).toMatch(/<<<<<<< ours\n[\s\S]*> {5}Hello\n[\s\S]*## My own\n>>>>>>> /);
    }
  });
});
