import { HubConnection } from "../../src/mcp/connection.ts";
import { Console } from "./console.ts";
import type { Sandbox } from "./sandbox.ts";

/** A hub with two sessions, and a desk for each. */
export async function openConnections(sandbox: Sandbox) {
  const hub = `file://${await sandbox.bareHub()}`;
  const of = (session: string) => {
    const env = { HIVE_SESSION: session, HIVE_HUB: hub };
    const world = sandbox.world();
    const connection = new HubConnection({ ...world, env: { ...world.env, ...env } }, {});
    sandbox.atEnd(() => connection.close());
    return { connection, console: new Console(sandbox, { env }) };
  };
  const [one, two] = [of("session-1"), of("session-2")];
  await one.console.print("init", "--remote", hub);
  await one.console.print("register", "session-1", "--skill", "react");
  await two.console.print("register", "session-2", "--skill", "rust");
  return { one, two };
}
