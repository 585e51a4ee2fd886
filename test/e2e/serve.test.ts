import process from "node:process";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Dashboard } from "../../src/domain/dashboard/dashboard.ts";
import { nextPrinted } from "../support/crew.ts";
import { openSandbox } from "../support/git-sandbox.ts";
import { ended, MAIN, Machine } from "../support/processes.ts";

/** A served page, and how its program ends. */
async function serve(machine: Machine, ...options: string[]) {
  const child = machine.start(process.execPath, [MAIN, "dashboard", "--serve", ...options]);
  onTestFinished(() => void child.kill("SIGKILL"));
  const end = ended(child);
  const early = end.then(({ err }) => Promise.reject(new Error(`it ended: ${err}`)));
  const [url = ""] = (await Promise.race([nextPrinted(child), early])).split("\n");
  early.catch(() => undefined);
  return { url, child, end };
}

/** The states that a page is sent, one after the other. */
async function* statesOf(url: string): AsyncGenerator<Dashboard> {
  const { body } = await fetch(`${url}events`);
  let got = "";
  for await (const chunk of body ?? []) {
    got += Buffer.from(chunk).toString();
    const events = got.split("\n\n");
    got = events.pop() ?? "";
    for (const event of events) {
      const [, data] = /^event: state\ndata: (.*)$/.exec(event) ?? [];
      if (data !== undefined) yield JSON.parse(data) as Dashboard;
    }
  }
}

describe("hive dashboard --serve, as a program", () => {
  it("sends each new state of the hub to the page, and ends with 0 on SIGINT", async () => {
    const machine = new Machine(openSandbox(), "a", { HIVE_SESSION: "session-1" });
    await machine.print("init");
    await machine.print("register", "session-1");
    const { url, child, end } = await serve(machine);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\/$/);
    const page = await (await fetch(url)).text();
    expect(page).toContain("connect-src 'self'");
    expect(page).toContain('"session-1"');
    const states = statesOf(url);
    const news = (async () => {
      for await (const state of states)
        if (state.events.some(({ text }) => text.includes("Hello all"))) return state;
      return undefined;
    })();
    await machine.print("broadcast", "Hello all");
    expect((await news)?.sessions.map(({ id }) => id)).toEqual(["session-1"]);
    const past = (await (await fetch(`${url}past`)).json()) as { steps: unknown[] };
    expect(past.steps.length).toBeGreaterThanOrEqual(2);
    const body = JSON.stringify({ line: "hive broadcast no" });
    const headers = { "content-type": "application/json", origin: new URL(url).origin };
    expect((await fetch(`${url}act`, { method: "POST", headers, body })).status).toBe(404);
    child.kill("SIGINT");
    expect(await end).toMatchObject({ code: 0, signal: null, err: "" });
  });

  it("lets the page act as the session that serves it, with --allow-writes alone", async () => {
    const machine = new Machine(openSandbox(), "a", { HIVE_SESSION: "session-1" });
    await machine.print("init");
    await machine.print("register", "session-1");
    const { url, child, end } = await serve(machine, "--allow-writes");
    const act = async (line: string) => {
      const headers = { "content-type": "application/json", origin: new URL(url).origin };
      const response = await fetch(`${url}act`, { method: "POST", headers, body: JSON.stringify({ line }) });
      return (await response.json()) as { done: boolean; text: string };
    };
    expect(await act('hive broadcast "From the page"')).toMatchObject({ done: true });
    expect(await act("hive reply k3f9 Yes")).toMatchObject({
      done: false,
      text: expect.stringMatching(/k3f9/),
    });
    expect(await act("hive init --remote x")).toMatchObject({ done: false });
    expect(await machine.print("log", "--limit", "1")).toContain("session-1 to all: From the page");
    child.kill("SIGTERM");
    expect(await end).toMatchObject({ code: 0, err: "" });
  });
});
