import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openWorkplace, type Workplace } from "../../src/app/workplace/workplace.ts";
import { followDashboard } from "../../src/cli/follow-dashboard.ts";
import { Io } from "../../src/cli/io.ts";
import { COMMANDS } from "../../src/cli/table.ts";
import { toInstant } from "../../src/domain/values/time.ts";
import { Console } from "../support/console.ts";
import { openSandbox } from "../support/git-sandbox.ts";

describe("a dashboard that follows a hub on this disk", () => {
  it.each<[string, (hub: string) => void]>([
    ["is gone with its folder", () => undefined],
    ["is a checkout", (hub) => mkdirSync(join(hub, ".git"), { recursive: true })],
  ])("shows the last state while the hub %s, and the new one once it is back", async (_, leave) => {
    const sandbox = openSandbox();
    const hub = join(sandbox.directory, "disk", "hub.git");
    const one = new Console(sandbox, { env: { HIVE_SESSION: "session-1" } });
    await one.print("init", "--remote", hub);
    await one.print("register", "session-1");
    const world = sandbox.world();
    const own = <W extends Workplace>(workplace: W): W => {
      sandbox.atEnd(() => workplace.hive.close());
      return workplace;
    };
    const open = async () => own(await openWorkplace(world, { hub }));
    const globals = { hub };
    const context = {
      world,
      io: new Io(world, {}),
      globals,
      commands: COMMANDS,
      open,
      own,
      run: async () => 0,
    };
    const live = await followDashboard(context);
    expect(await live.read()).toMatchObject({ outdated: null, sessions: [{ id: "session-1" }] });
    const seen = toInstant(sandbox.clock.now);
    renameSync(hub, `${hub}.aside`);
    leave(hub);
    sandbox.clock.now += 60_000;
    for (const _again of [1, 2])
      expect(await live.read()).toMatchObject({
        outdated: expect.stringContaining(`The hub at ${hub} is not there`),
        seen_at: seen,
        sessions: [{ id: "session-1" }],
      });
    rmSync(hub, { recursive: true, force: true });
    renameSync(`${hub}.aside`, hub);
    await one.print("--as", "session-2", "register", "session-2");
    expect(await live.read()).toMatchObject({
      outdated: null,
      seen_at: null,
      sessions: [{ id: "session-1" }, { id: "session-2" }],
    });
  });
});
