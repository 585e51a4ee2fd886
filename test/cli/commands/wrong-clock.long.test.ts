import { mkdirSync } from "node:fs";
import { expect, it } from "vitest";
import { Console, errorOf } from "../../support/console.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { openHttpHub } from "../../support/http-hub.ts";
import { hubWith } from "../../support/hub-with.ts";

const DAY_MS = 86_400_000;

/** A host whose clock is this many days ahead of the hub's. */
async function open(days: number) {
  const sandbox = openSandbox();
  await hubWith(sandbox, "session-1", "session-2");
  const http = await openHttpHub(sandbox);
  http.time = sandbox.clock.now;
  sandbox.clock.now += days * DAY_MS;
  const directory = sandbox.folder("project");
  mkdirSync(`${directory}/old`);
  return new Console(sandbox, { directory, env: { HIVE_HUB: http.url(), HIVE_SESSION: "session-1" } });
}

it.each([
  ["expire", "--dry-run"],
  ["retire", "--offline-for", "1d", "--dry-run"],
  ["import", "old", "--dry-run"],
  ["publish", "--dry-run", "--repo", "team/hub"],
  ["publish", "--repo", "team/hub"],
])("by a clock that is ahead of the hub, nothing is said of what is due: %s %s", async (...argv) => {
  const console = await open(40);
  expect(errorOf(await console.run("--json", ...argv))).toMatchObject({
    code: "clock_ahead",
    message: expect.stringContaining("40d ahead of the hub"),
  });
});

it("doctor names a clock that is ahead of the hub's, also on an idle hub", async () => {
  const console = await open(40);
  const { out } = await console.run("doctor", "--json");
  const { checks } = JSON.parse(out) as { checks: { name: string }[] };
  expect(checks.find(({ name }) => name === "clock")).toMatchObject({
    state: "bad",
    message: expect.stringContaining("40d ahead of the hub"),
  });
});

it("a hub that was idle for days is no wrong clock", async () => {
  const sandbox = openSandbox();
  await hubWith(sandbox, "session-1", "session-2");
  const http = await openHttpHub(sandbox);
  sandbox.clock.now += 40 * DAY_MS;
  http.time = sandbox.clock.now;
  const console = new Console(sandbox, { env: { HIVE_HUB: http.url(), HIVE_SESSION: "session-1" } });
  expect(await console.print("retire", "--offline-for", "7d", "--dry-run")).toContain("session-2 retired");
});
