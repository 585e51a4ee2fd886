import { afterAll, beforeAll, expect, it } from "vitest";
import { openReach, tryBoth } from "../../support/reach-settings.ts";
import { Sandbox } from "../../support/sandbox.ts";

const sandbox = new Sandbox();
let reach: Awaited<ReturnType<typeof openReach>>;

beforeAll(async () => {
  reach = await openReach(sandbox);
});
afterAll(() => sandbox.close());

/** How many settings are tried at once: most of the time of each is a program that starts. */
const AT_ONCE = 4;

it("reaches a hub with every setting by which the user's git reaches it", { timeout: 300_000 }, async () => {
  const names = reach.settingsFor("").map(({ says }) => says);
  expect(names.length).toBeGreaterThan(40);
  const left = [...names];
  const tried: Awaited<ReturnType<typeof tryBoth>>[] = [];
  const worker = async () => {
    for (let says = left.pop(); says !== undefined; says = left.pop())
      tried.push(await tryBoth(sandbox, reach, says));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  expect(tried.filter(({ git, hive }) => !git || hive !== "in")).toEqual([]);
});
