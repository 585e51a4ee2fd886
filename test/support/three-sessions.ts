import { Console } from "./console.ts";
import { openSandbox } from "./git-sandbox.ts";

/** A hub on which session-1, session-2 and session-3 are registered, and the terminal of each. */
export async function threeSessions() {
  const sandbox = openSandbox();
  const one = new Console(sandbox, { env: { HIVE_SESSION: "session-1" } });
  const two = one.with({ env: { HIVE_SESSION: "session-2" } });
  const three = one.with({ env: { HIVE_SESSION: "session-3" } });
  await one.print("init", "--remote", await sandbox.bareHub());
  for (const [session, name] of [
    [one, "session-1"],
    [two, "session-2"],
    [three, "session-3"],
  ] as const)
    await session.print("register", name);
  return { sandbox, one, two, three };
}
