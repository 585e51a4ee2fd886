import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { aMessage, NOON } from "../../support/builders.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { placeOf, publish } from "../../support/hub-store.ts";
import { hubWith, sessionId } from "../../support/hub-with.ts";

it("the packs of many writes are joined, and nothing of them is lost", async () => {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox);
  const store = await placeOf(sandbox, hub);
  const { repository } = store;
  const packs = () => readdirSync(join(hub, "objects/pack")).filter((name) => name.endsWith(".pack")).length;
  const authors = [{ op: aMessage({}).id, session: sessionId("session-1"), at: NOON }];
  let base = await sandbox.git(hub, "rev-parse", "main");
  const write = async (number: number) => {
    const files = [{ path: "coordination/NOTE.md", text: `${number}\n` }];
    const drafts = [{ authors, kind: "test", subject: `change ${number}`, files }];
    base = (await publish(store, base, drafts)).tip;
  };
  await write(0);
  const before = packs();
  await repository.joinPacks();
  expect(packs()).toBe(before);
  for (let number = 1; number <= 41; number++) await write(number);
  await repository.joinPacks();
  expect(packs()).toBeLessThan(10);
  await sandbox.fsck(hub);
  expect(await sandbox.git(hub, "rev-list", "--count", "main")).toBe("43");
});
