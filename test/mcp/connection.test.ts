import { describe, expect, it } from "vitest";
import { RefusedError } from "../../src/errors.ts";
import { FRESH_SECONDS, HubConnection } from "../../src/mcp/connection.ts";
import { Console } from "../support/console.ts";
import { openSandbox } from "../support/git-sandbox.ts";
import type { Sandbox } from "../support/sandbox.ts";

/** A remote hub with a session on this host, a session on another host, and a connection on this host. */
async function open(sandbox: Sandbox) {
  const hub = `file://${await sandbox.bareHub()}`;
  const here = new Console(sandbox, { env: { HIVE_SESSION: "session-1", HIVE_HUB: hub } });
  const state = String(sandbox.host("b").env.HIVE_STATE_DIR);
  const there = here.with({ env: { HIVE_SESSION: "session-2", HIVE_STATE_DIR: state } });
  await here.print("init", "--remote", hub);
  await here.print("register", "session-1");
  await there.print("register", "session-2");
  const world = sandbox.world();
  const env = { ...world.env, HIVE_SESSION: "session-1", HIVE_HUB: hub };
  const connection = new HubConnection({ ...world, env }, {});
  sandbox.atEnd(() => connection.close());
  const read = async () =>
    (await connection.read(["messages"])).state.messages.map(({ body }) => body).toReversed();
  return { connection, there, here, read };
}

describe("a connection", () => {
  it("fetches again only when its state is older than a few seconds", async () => {
    const sandbox = openSandbox();
    const { there, read } = await open(sandbox);
    await there.print("broadcast", "one");
    expect(await read()).toEqual(["one"]);
    await there.print("broadcast", "two");
    sandbox.clock.now += FRESH_SECONDS * 1000 - 1;
    expect(await read()).toEqual(["one"]);
    sandbox.clock.now += 1;
    expect(await read()).toEqual(["one", "two"]);
  });

  it("fetches again after its clock was set back", async () => {
    const sandbox = openSandbox();
    const { there, read } = await open(sandbox);
    expect(await read()).toEqual([]);
    await there.print("broadcast", "one");
    sandbox.clock.now -= 3_600_000;
    expect(await read()).toEqual(["one"]);
  });

  it("sees this host's writes at once, also of other processes", async () => {
    const { connection, here, read } = await open(openSandbox());
    expect(await read()).toEqual([]);
    await connection.submit("broadcast", { text: "mine", priority: "normal" });
    expect(await read()).toEqual(["mine"]);
    await here.print("broadcast", "of another process");
    expect(await read()).toEqual(["mine", "of another process"]);
  });

  it("takes concurrent calls", async () => {
    const { connection, read } = await open(openSandbox());
    const texts = ["a", "b", "c", "d"];
    const say = (text: string) => connection.submit("broadcast", { text, priority: "normal" });
    const ends = await Promise.all([...texts.map(say), read(), read()]);
    expect(ends.slice(0, 4)).toEqual(texts.map(() => expect.objectContaining({ landed: true })));
    expect((await read()).sort()).toEqual(texts);
  });

  it("answers the calls that run while it is closed, and opens the hub again for later ones", async () => {
    const { connection, read } = await open(openSandbox());
    const texts = ["a", "b", "c", "d"];
    const writes = texts.map(async (text) => {
      const written = connection.submit("broadcast", { text, priority: "normal" });
      const seen = read();
      await connection.close();
      return { ...(await written), seen: await seen };
    });
    expect(await Promise.all(writes)).toEqual(
      texts.map(() => ({ landed: true, result: expect.anything(), seen: expect.any(Array) })),
    );
    expect((await read()).sort()).toEqual(texts);
  });

  it("throws the refusals of the rules", async () => {
    const { connection } = await open(openSandbox());
    const asking = connection.submit("request", { to: "session-1", text: "Me?", urgency: "normal" } as never);
    await expect(asking).rejects.toThrow(RefusedError);
  });
});
