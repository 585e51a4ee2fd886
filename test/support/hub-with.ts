import { cp } from "node:fs/promises";
import { join } from "node:path";
import type { Hive } from "../../src/app/hive/hive.ts";
import { aProfile } from "./builders.ts";
import { Sandbox } from "./sandbox.ts";

/** A session's id as its type has it. */
export function sessionId(id: string) {
  return aProfile({ id }).id;
}

/** The hubs that were made in this process, by their sessions; a test gets a copy. They go with the run's directory. */
const made = new Map<string, Promise<string>>();
const workshop = new Sandbox();

/** A bare hub with sessions registered in it, by a host of its own; its path. */
export async function hubWith(sandbox: Sandbox, ...sessions: string[]): Promise<string> {
  const name = sessions.join("+") || "empty";
  const original = made.get(name) ?? makeHub(name, sessions);
  made.set(name, original);
  const path = join(sandbox.folder("hubs"), "hub.git");
  await cp(await original, path, { recursive: true });
  return path;
}

async function makeHub(name: string, sessions: readonly string[]): Promise<string> {
  const path = await workshop.bareHub(name);
  const hive = await workshop.hive(path, workshop.host("first"));
  await hive.submit("init", {}, sessionId("git-hive"));
  for (const id of sessions) await hive.submit("register", {}, sessionId(id));
  return path;
}

/** Asks for help by another host, on the hub itself; the request's id. */
export async function askForHelp(hive: Hive, from: string, to: string): Promise<string> {
  const input = { to, text: "Please help", urgency: "normal" } as const;
  const asked = await hive.submit("request", input, sessionId(from));
  if (asked.kind !== "landed") throw new Error(`the request did not land: ${asked.kind}`);
  return asked.result.collaboration.request_id;
}

/** Tells everybody something. */
export function say(hive: Hive, from: string, text: string) {
  return hive.submit("broadcast", { text, priority: "normal" }, sessionId(from));
}
