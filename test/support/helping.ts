import { openSandbox } from "./git-sandbox.ts";
import { openHttpHub } from "./http-hub.ts";
import { placeOf } from "./hub-store.ts";
import { hubWith, say } from "./hub-with.ts";
import { OtherHosts } from "./other-hosts.ts";

export const [ONE, TWO] = ["session-1", "session-2"] as const;

/** A hub behind HTTP with two sessions, and hosts that write to it. */
export async function openHelping() {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, ONE, TWO);
  const http = await openHttpHub(sandbox);
  const connect = (name: string, address = http.url()) => sandbox.hive(address, sandbox.host(name));
  const start = (await sandbox.history(hub)).length;
  const added = async () => (await sandbox.history(hub)).slice(start);
  const timesOf = async (op: string) => (await added()).filter((entry) => entry.op.includes(op)).length;
  const paceOf = async (name: string) => (await placeOf(sandbox, http.url(), sandbox.host(name))).traffic;
  return { sandbox, hub, http, connect, added, timesOf, paceOf, others: new OtherHosts(sandbox, hub) };
}
export type Helping = Awaited<ReturnType<typeof openHelping>>;

/** A host whose pushes are overtaken so many times by somebody at the hub itself, and what it then comes to. */
export async function overtaken(
  { http, connect, hub }: Helping,
  times: number,
  atLast?: () => Promise<unknown>,
) {
  const [hive, rival] = [await connect("a"), await connect("rival", hub)];
  await hive.read([]);
  let count = 0;
  const overtake = async (): Promise<void> => {
    await say(rival, TWO, `ahead ${count}`);
    if (++count < times) http.beforePush = overtake;
    else if (atLast) http.afterPush = atLast;
  };
  http.beforePush = overtake;
  return { hive, sent: await say(hive, ONE, "mine") };
}

/** A host that has just landed something, so that it looks at what others wait with before it lands the next. */
export async function lookingHost({ connect }: Helping) {
  const hive = await connect("b");
  await say(hive, ONE, "before");
  return hive;
}
