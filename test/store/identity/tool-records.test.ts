import { existsSync, utimesSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { expect, it } from "vitest";
import { statFields } from "../../../src/store/host/process-id.ts";
import { Host } from "../../../src/store/host/state-directory.ts";
import { forgetGoneSessions } from "../../../src/store/identity/forget-sessions.ts";
import { isRunning, signsOf } from "../../../src/store/identity/running.ts";
import { livenessOf, processName, ToolRecords } from "../../../src/store/identity/tool-records.ts";
import { openSandbox } from "../../support/git-sandbox.ts";

const DAY_MS = 86_400_000;
const PLACE = { hub: "/hub", project: "/p", tree: "/p" };
const DEAD = { pid: 2 ** 22 + 1, start: "1" };

function open() {
  const state = openSandbox().folder("state");
  const host = new Host({ HIVE_STATE_DIR: state }, "");
  const records = new ToolRecords(host);
  const age = (tool: string, days: number) => {
    const at = (Date.now() - days * DAY_MS) / 1000;
    utimesSync(join(state, "tool-sessions", "records", `${encodeURIComponent(tool)}.json`), at, at);
  };
  return { state, host, records, age };
}

const own = () => processName({ pid: process.pid, start: statFields("self")?.[19] ?? "" });
const hasProc = existsSync("/proc/self/stat");

it.skipIf(!hasProc)("forgets sessions that are gone for a month, and no other", () => {
  const { state, host, records, age } = open();
  records.note("A=ended", { ...PLACE, processes: [own()] });
  records.end("A=ended", 0);
  records.note("A=killed", { ...PLACE, processes: [processName(DEAD)] });
  records.note("A=runs", { ...PLACE, processes: [own()] });
  records.note("A=cleared", { ...PLACE, processes: [own()] });
  records.continue("A=cleared", "A=runs");
  records.end("A=cleared", 0);
  records.note("A=unknown", { ...PLACE, processes: [] });
  const all = () => records.all();
  const before = all();
  for (const tool of before) age(tool, 29);
  forgetGoneSessions(host, Date.now());
  expect(all()).toEqual(before);
  for (const tool of before) age(tool, 31);
  forgetGoneSessions(host, Date.now());
  expect(all()).toEqual(["A=cleared", "A=runs"]);
  expect(records.runningAt("/p")).toEqual(["A=runs"]);
  expect(existsSync(join(state, "tool-sessions", "processes", processName(DEAD)))).toBe(false);
});

it.skipIf(!existsSync("/etc/machine-id"))(
  "a process of this machine is dead after its system started again",
  () => {
    const [pid, start, space, machine] = own().split("-");
    const reborn = [pid, start, "otherspace", machine].join("-");
    expect([own(), reborn, [pid, start, "otherspace", "other"].join("-")].map(livenessOf)).toEqual([
      "alive",
      "dead",
      "unknown",
    ]);
    expect(space).not.toBe("otherspace");
  },
);

it("a session whose process nobody noted counts as running for a quarter of an hour", () => {
  const { host, records, age } = open();
  records.note("A=one", { ...PLACE, processes: [] });
  expect(isRunning(host, "A=one", Date.now())).toBe(true);
  age("A=one", 1);
  expect(isRunning(host, "A=one", Date.now())).toBe(false);
  signsOf(host, "A=one").noteUse(Date.now());
  expect(isRunning(host, "A=one", Date.now())).toBe(true);
  records.end("A=one", Date.now());
  expect(isRunning(host, "A=one", Date.now())).toBe(false);
});
