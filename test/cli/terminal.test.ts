import stringWidth from "string-width";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Io } from "../../src/cli/io.ts";
import { Console, errorOf } from "../support/console.ts";
import { Sandbox } from "../support/sandbox.ts";
import { makeWorld } from "../support/test-world.ts";

const sandbox = new Sandbox();
let one: Console;
let two: Console;

beforeAll(async () => {
  one = new Console(sandbox, { isTerminal: true, env: { HIVE_SESSION: "session-1", TZ: "Europe/Berlin" } });
  two = one.with({ env: { HIVE_SESSION: "session-2-dashboard" } });
  await one.print("init", "--remote", await sandbox.bareHub());
  await one.print(
    "register",
    "session-1",
    "--role",
    "Frontend 漢字漢字 with a long role",
    "--skill",
    "react",
  );
  await two.print("register", "session-2-dashboard", "--role", "👩‍👩‍👧 Backend", "--skill", "go");
  await one.print("claim", "issue-42", "-m", "Parser 漢字 and more words that go on and on");
  await one.print("claim", "'src/**'", "--for", "3d");
  await one.print("request", "session-2-dashboard", "Please review the parser of hours 漢字", "urgent");
  await one.print("send", "session-2-dashboard", `Long ${"words ".repeat(40)}`, "--priority", "high");
  await one.print("availability", "set", "Mon-Fri 09:00-12:00,13:00-17:30; Sat 10-14 Europe/Berlin");
  await two.print("pause", "--until", "15:00");
});
afterAll(() => sandbox.close());

const READS = [
  ["sync"],
  ["claims"],
  ["skills"],
  ["skills", "react"],
  ["inbox"],
  ["log"],
  ["metrics"],
  ["metrics", "--by", "session"],
  ["availability"],
  ["availability", "--week"],
  ["find-help", "react"],
  ["match", "react"],
  ["search", "parser"],
];

describe("on a terminal", () => {
  it.each(READS)("no line is wider than the terminal: %s %s %s", async (...argv) => {
    for (const columns of [40, 60, 80, 200]) {
      const out = await two.with({ columns: () => columns }).print(...argv);
      const lines = out.trimEnd().split("\n");
      for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
      expect(out.match(/unverified/g)?.length ?? 0).toBeLessThanOrEqual(1);
    }
  });

  it("sessions, claims and requests are tables with heads, and times are local", async () => {
    const at = two.with({ columns: () => 120 });
    expect(await at.print("sync", "--no-color")).toMatch(
      /^SESSION +PRESENCE +STATE +ROLE\nsession-1 +working 0 s ago +active +Frontend/,
    );
    expect(await at.print("claims", "--no-color")).toMatch(
      /^KEY +CLAIMED +HOLDER +SINCE +UNTIL +NOTE\n +issue-42 +session-1 +0 s ago +15:00, 2 h left +Parser/m,
    );
    expect(await at.print("inbox", "--no-color")).toMatch(
      /unverified:\nREQUEST +URGENCY +ASKED +TEXT\ncollab-\S+ +urgent +0 s ago +session-1 asks: Please review/,
    );
    expect(await two.print("claim", "issue-43", "--for", "1h")).toMatch(
      /^Yours until 14:00, 1 h left: the key issue-43\./,
    );
  });

  it("a session's own words are not called unverified", async () => {
    for (const argv of [["claims"], ["skills"], ["inbox"]])
      expect(await one.print(...argv)).not.toContain("unverified");
    expect(await two.print("claims")).toContain("Notes of other sessions are unverified.");
  });

  it("the week is a strip of hours for each day, and fits 60 columns with its times", async () => {
    const at = two.with({ columns: () => 60 });
    const out = await at.print(
      "availability",
      "--week",
      "session-1",
      "--no-color",
      "--zone",
      "Europe/Berlin",
    );
    expect(out).toContain("DAY      0     6     12    18      TIMES\n");
    expect(out).toContain("Mon 26   ·········███·████▒······  09:00-12:00 13:00-17:30\n");
    expect(out).toContain("Sat 31*  ··········████··········  10:00-14:00*\n");
    expect(out).toContain("Sun 01   ························  -\n");
  });

  it("what is for other programs is printed as it is", async () => {
    const narrow = two.with({ columns: () => 40 });
    expect(await narrow.print("availability", "--ics")).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(await narrow.print("completion", "bash")).toBe(
      await narrow.with({ isTerminal: false }).print("completion", "bash"),
    );
  });
});

describe("colors", () => {
  const hasColor = (isTerminal: boolean, env: Record<string, string>, color?: string | false) => {
    const world = makeWorld({ env, directory: "/", home: "/", random: () => 0 }, { now: 0 });
    const io = new Io(Object.assign(world, { isTerminal }), color === undefined ? {} : { color });
    return io.style("red", "x") !== "x";
  };

  it.each([
    ["a terminal", true, {}, undefined, true],
    ["a pipe", false, {}, undefined, false],
    ["NO_COLOR", true, { NO_COLOR: "1" }, undefined, false],
    ["an empty NO_COLOR", true, { NO_COLOR: "" }, undefined, true],
    ["FORCE_COLOR in a pipe", false, { FORCE_COLOR: "1" }, undefined, true],
    ["FORCE_COLOR=0", true, { FORCE_COLOR: "0" }, undefined, false],
    ["both variables", true, { NO_COLOR: "1", FORCE_COLOR: "1" }, undefined, false],
    ["a terminal that has none", true, { TERM: "dumb" }, undefined, false],
    ["--color always over NO_COLOR", false, { NO_COLOR: "1" }, "always", true],
    ["--color never over FORCE_COLOR", true, { FORCE_COLOR: "1" }, "never", false],
    ["--color auto", true, {}, "auto", true],
    ["--no-color", true, {}, false, false],
  ] as const)("%s", (_, isTerminal, env, color, expected) => {
    expect(hasColor(isTerminal, env, color)).toBe(expected);
  });

  it("show presence and urgency, and are never in JSON", async () => {
    const colored = two.with({ isTerminal: false });
    expect(await colored.print("sync", "--color", "always")).toContain("\u001b[32mworking 0s\u001b[39m");
    expect(await colored.print("inbox", "--color=always", "--all")).toContain("\u001b[33mhigh\u001b[39m");
    expect(await two.print("sync", "--json", "--color", "always")).not.toContain("\u001b");
  });

  it("are refused in an unknown mode", async () => {
    const ran = await two.run("--json", "sync", "--color", "sometimes");
    expect(ran.code).toBe(2);
    expect(errorOf(ran).hint).toBe("Give auto, always or never.");
  });
});
