import { spawnSync } from "node:child_process";
import process from "node:process";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatProcessId,
  livenessOf,
  parseProcessId,
  type Surroundings,
  spaceOf,
  thisProcess,
} from "../../../src/store/host/process-id.ts";

const LINUX: Surroundings = {
  platform: "linux",
  host: "box",
  boot: "11111111-2222-3333-4444-555555555555",
  pids: "pid:[4026531836]",
  times: "time:[4026531834]",
};

describe("where a process number is meant", () => {
  it("is the same for two processes that see the same, whatever their nonces", () => {
    expect(spaceOf(LINUX, "a")).toBe(spaceOf({ ...LINUX }, "b"));
    const mac = { ...LINUX, platform: "darwin", boot: undefined, pids: undefined, times: undefined };
    expect(spaceOf(mac, "a")).toBe(spaceOf(mac, "b"));
  });

  it.each<Partial<Surroundings>>([
    { pids: "pid:[4026532201]" },
    { boot: "99999999-2222-3333-4444-555555555555" },
    { host: "other" },
    { times: "time:[4026532300]" },
    { platform: "darwin" },
  ])("is another one with %j", (over) => {
    expect(spaceOf({ ...LINUX, ...over }, "a")).not.toBe(spaceOf(LINUX, "a"));
  });

  it.each<Partial<Surroundings>>([{ pids: undefined }, { boot: undefined }])(
    "is each process's own where a Linux hides it: %j",
    (over) => {
      expect(spaceOf({ ...LINUX, ...over }, "a")).not.toBe(spaceOf({ ...LINUX, ...over }, "b"));
    },
  );
});

describe("a process", () => {
  const dead = spawnSync(process.execPath, ["--version"]).pid;

  it("is alive while it runs and dead after that, where its number is meant here", () => {
    expect(livenessOf(thisProcess())).toBe("alive");
    expect(livenessOf({ ...thisProcess(), pid: dead })).toBe("dead");
  });

  it.runIf(thisProcess().start !== "")("is dead when a later process has its number", () => {
    expect(livenessOf({ ...thisProcess(), start: "1" })).toBe("dead");
  });

  it("of another container or host cannot be judged, whether or not its number is in use here", () => {
    for (const pid of [process.pid, dead])
      expect(livenessOf({ ...thisProcess(), pid, space: "elsewhere" })).toBe("unknown");
  });

  it("that an earlier version wrote is alive where its number and start are found, and cannot be judged otherwise", () => {
    const earlier = { ...thisProcess(), space: "", nonce: "" };
    expect(livenessOf(earlier)).toBe("alive");
    expect(livenessOf({ ...earlier, pid: dead })).toBe("unknown");
  });
});

describe("a process id in a file name", () => {
  it("is read back as it was written", () => {
    expect(parseProcessId(formatProcessId(thisProcess()))).toEqual(thisProcess());
    const word = fc.stringMatching(/^[a-z0-9]{1,13}$/);
    const id = fc.record({
      pid: fc.nat(),
      start: fc.stringMatching(/^[a-z0-9]{0,12}$/),
      space: word,
      nonce: word,
    });
    return fc.assert(
      fc.property(id, (each) => {
        expect(parseProcessId(formatProcessId(each))).toEqual({ ...each });
      }),
    );
  });

  it("of an earlier version is read, and written as that version looks for it", () => {
    const earlier = { pid: 17, start: "4711", space: "", nonce: "" };
    expect(parseProcessId("17-4711")).toEqual(earlier);
    expect(formatProcessId(earlier)).toBe("17-4711");
  });

  it.each(["", "17", "-1", "17-a-b", "17-a-b-c-d", "17-A", "17-a-/-b", "17-4711\n", "../17-1"])(
    "is not %j",
    (text) => {
      expect(parseProcessId(text)).toBeUndefined();
    },
  );
});
