import process from "node:process";
import { expect, it } from "vitest";
import { ancestorsOf, parsePs } from "../src/ancestors.ts";

it("the processes above this one are listed, nearest first", () => {
  expect(ancestorsOf(true)[0]).toMatchObject({
    pid: process.ppid,
    start: expect.stringMatching(/^[a-z0-9]+$/),
  });
});

it("lines of ps are read, with any command", () => {
  const text = [
    "    1     0 Mon Nov 30 10:26:01 2026 /sbin/launchd",
    "  512     1 Tue Dec  1 09:05:00 2026 /bin/sh -c hive hook claude || true",
    " 9001   512 Tue Dec  1 09:05:00 2026 ",
    "no line of a process",
  ].join("\n");
  const facts = parsePs(text);
  expect([...facts.keys()]).toEqual([1, 512, 9001]);
  expect(facts.get(512)).toMatchObject({ parent: 1, command: "/bin/sh -c hive hook claude || true" });
  expect(facts.get(512)?.start).toMatch(/^[a-z0-9]+$/);
  expect(facts.get(512)?.start).toBe(facts.get(9001)?.start);
});
