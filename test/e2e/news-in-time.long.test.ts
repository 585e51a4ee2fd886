import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Agent } from "../support/agent.ts";
import { openSandbox } from "../support/git-sandbox.ts";
import { openHttpHub } from "../support/http-hub.ts";
import { Machine } from "../support/processes.ts";

/** An agent on one machine and a person on another, at one hub behind HTTP. */
async function open() {
  const sandbox = openSandbox();
  await sandbox.bareHub();
  const hub = await openHttpHub(sandbox);
  const agent = new Agent(sandbox, "agent");
  const person = new Machine(sandbox, "person");
  await agent.machine.print("init", "--remote", hub.url());
  await person.print("join", hub.url());
  return { hub, agent, person };
}

/** When a process that a hook left behind last ended an exchange on a machine. */
function exchangedAt({ variables }: Machine): number {
  const state = variables.HIVE_STATE_DIR ?? "";
  const names = readdirSync(state, { recursive: true, encoding: "utf8" });
  const found = names.filter((name) => name.endsWith("exchange-ended"));
  return Math.max(0, ...found.map((name) => statSync(join(state, name)).mtimeMs));
}

it("the start of a session tells who came since this host last asked the hub", async () => {
  const { agent, person } = await open();
  await person.print("register", "boss", "--role", "Charts");
  const text = await agent.hook("SessionStart", { source: "startup" });
  expect(text).toMatch(/Online now: boss \(.*«Charts»/);
});

it("the start of a session does not wait for a slow hub, and says how old its view is", async () => {
  const { hub, agent, person } = await open();
  await person.print("register", "boss", "--role", "Charts");
  hub.faults = { random: () => 0, slow: 1, slowMs: 20_000 };
  const start = Date.now();
  const text = await agent.hook("SessionStart", { source: "startup" });
  expect(text).toContain("session is session-1");
  expect(text).not.toContain("boss (");
  expect(Date.now() - start).toBeLessThan(15_000);
  hub.faults = undefined;
});

it("a message that came during a turn is told with the next prompt", async () => {
  const { agent, person } = await open();
  await agent.hook("SessionStart", { source: "startup" });
  await agent.hook("UserPromptSubmit", { prompt: "hi" });
  await person.print("register", "boss");
  await person.print("broadcast", "Lunch is ready", "--as", "boss");
  const before = exchangedAt(agent.machine);
  await agent.hook("Stop");
  const until = Date.now() + 60_000;
  while (exchangedAt(agent.machine) === before && Date.now() < until) await agent.run("true");
  expect(await agent.hook("UserPromptSubmit", { prompt: "go on" })).toContain("«Lunch is ready»");
});
