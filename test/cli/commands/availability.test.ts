import { describe, expect, it } from "vitest";
import { Console, errorOf } from "../../support/console.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { masters, readCalendar, textOf } from "../../support/icalendar.ts";
import type { Sandbox } from "../../support/sandbox.ts";

const HOURS = "Mon-Fri 09:00-17:00 Europe/Berlin";

/** The hours of session-1. The test's time is noon of the last Saturday of January. */
async function makeHub(
  sandbox: Sandbox,
  scheme = "",
): Promise<{ one: Console; two: Console; three: Console }> {
  const one = new Console(sandbox).with({ env: { HIVE_SESSION: "session-1", TZ: "Europe/Berlin" } });
  const [two, three] = ["session-2", "session-3"].map((session) =>
    one.with({ env: { HIVE_SESSION: session } }),
  );
  if (!two || !three) throw new Error("no consoles");
  await one.print("init", "--remote", `${scheme}${await sandbox.bareHub()}`);
  await one.print("register", "session-1", "--skill", "react,ui");
  await two.print("register", "session-2", "--skill", "go");
  await three.print("register", "session-3", "--skill", "react");
  return { one, two, three };
}

describe("hive availability", () => {
  it("is set, shown in sync, and cleared, without findings", async () => {
    const { one } = await makeHub(openSandbox());
    expect(await one.print("availability", "set", "mon-fri", "9-17", "europe/berlin")).toBe(
      `session-1 is available ${HOURS}.\n`,
    );
    const again = await one.json("availability", "set", HOURS);
    expect(again).toMatchObject({ landed: true });
    expect(again).not.toHaveProperty("commit");
    expect(await one.print("sync")).toMatch(
      /^session-1 {2}working 0s {2}active, away until Mon 09:00 Europe\/Berlin$/m,
    );
    const { sessions } = await one.json<{ sessions: { away_until?: string }[] }>("sync");
    expect(sessions.map(({ away_until }) => away_until)).toEqual([
      "2026-02-02T08:00:00Z",
      undefined,
      undefined,
    ]);
    expect(await one.run("validate", `${"0".repeat(40)}..HEAD`)).toMatchObject({ code: 0 });
    expect(await one.print("availability", "clear")).toBe(
      "session-1 has no hours: it is always available.\n",
    );
    expect(await one.json("sync")).not.toHaveProperty(["sessions", 0, "away"]);
  });

  it("names the column of a typo, and similar zones", async () => {
    const { one } = await makeHub(openSandbox());
    const ran = await one.run("--json", "availability", "set", "Mon-Fri 09:00-17:00 Europe/Berln");
    expect(ran.code).toBe(2);
    expect(errorOf(ran)).toEqual({
      code: "usage",
      message: 'Column 21: "Europe/Berln" is not a time zone.',
      hint: "Did you mean Europe/Berlin?",
    });
  });

  it("shows the hours of today, and marks the current ones", async () => {
    const { one, two } = await makeHub(openSandbox());
    await one.print("availability", "set", "Mon-Fri 9-17; Sat 10-12,12:30-14 Europe/Berlin");
    await two.print("pause", "--until", "15:00", "-m", "Lunch");
    expect(await one.print("availability")).toBe(
      [
        "session  state  Sat 2026-01-31*",
        "session-1  online  10:00-12:00 12:30-14:00*",
        "session-3  online  all day*",
        "session-2  paused until 14:00 UTC  00:00-13:00 15:00-24:00",
        "* now, Sat 13:00 Europe/Berlin",
        "",
      ].join("\n"),
    );
  });

  it("shows the week of one session in another zone", async () => {
    const { one } = await makeHub(openSandbox());
    await one.print("availability", "set", HOURS);
    const shown = await one.print("availability", "session-1", "--week", "--zone", "asia/kathmandu");
    expect(shown.split("\n")).toHaveLength(4);
    expect(shown).toContain("Mon 2026-01-26  Tue 2026-01-27");
    expect(shown).toContain("Sat 2026-01-31*  Sun 2026-02-01");
    expect(shown).toMatch(/(?:13:45-21:45 {2,}){5}- +-$/m);
    expect(shown).toContain("* now, Sat 17:45 Asia/Kathmandu");
  });

  it("prints only a calendar on stdout, which other programs can read", async () => {
    const { one, two } = await makeHub(openSandbox());
    await one.print("register", "session-1", "--name", `Ada; "the, first" ${"字".repeat(40)}`);
    await one.print("availability", "set", HOURS);
    await two.print("pause", "--until", "2h", "-m", "a\\b, c");
    const text = await one.print("availability", "--ics");
    const calendar = readCalendar(text);
    const [window, pause, ...others] = masters(calendar);
    if (!window || !pause) throw new Error("no events");
    expect(others).toEqual([]);
    expect(textOf(calendar, "x-wr-calname")).toMatch(/^git-hive .+: who is available when$/);
    expect(textOf(window, "summary")).toBe(`Ada; "the, first" ${"字".repeat(40)} is available`);
    expect(text).toContain("DTSTART;TZID=Europe/Berlin:20260119T090000\r\n");
    expect(textOf(window, "rrule")).toBe("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR");
    expect(textOf(pause, "description")).toBe("session-2: a\\b, c");
    expect(await one.json("availability", "--ics")).toEqual({ at: "2026-01-31T12:00:00Z", ics: text });
    expect(await one.print("availability", "--ics", "session-2")).not.toContain("Ada");
  });
});

describe("a request to a session that is away", () => {
  it.each([
    ["a hub on this disk", ""],
    ["a remote hub", "file://"],
  ])("is sent, with a note about the end of the absence and available sessions: %s", async (_, scheme) => {
    const { one, two, three } = await makeHub(openSandbox(), scheme);
    await one.print("availability", "set", HOURS);
    await three.print("heartbeat");
    const { code, out, err } = await two.run("request", "session-1", "Need a React UI");
    expect(code).toBe(0);
    const id = /collab-[a-z0-9-]+/.exec(out)?.[0];
    expect(err).toBe(
      [
        "session-1 is away until Mon 09:00 Europe/Berlin.",
        `Available now: session-3. To ask another session, first: hive cancel ${id}`,
        "",
      ].join("\n"),
    );
    expect(await one.json("inbox")).toMatchObject({ requests: [{ request_id: id }] });
    expect(await two.json("request", "session-1", "Need a React UI")).toMatchObject({
      landed: true,
      away: { until: "2026-02-02T08:00:00Z", reason: "away until Mon 09:00 Europe/Berlin" },
      instead: [{ id: "session-3", available: true, reasons: expect.any(Array) }],
    });
  });

  it.each([
    ["paused", ["pause"], 0, "session-3 is paused.\n"],
    ["silent for an hour", ["heartbeat"], 3600, "session-3 is stale 1h ago.\n"],
    ["silent for days", ["heartbeat"], 432_000, "session-3 is offline since 5d.\n"],
  ])("or %s has a note", async (_, argv, seconds, note) => {
    const sandbox = openSandbox();
    const { two, three } = await makeHub(sandbox);
    await three.print(...argv);
    sandbox.clock.now += seconds * 1000;
    const ran = await two.run("request", "session-3", "Help me");
    expect(ran).toMatchObject({ code: 0, err: note });
  });

  it("that is online has no note, and neither has a queued request", async () => {
    const sandbox = openSandbox();
    const { two, three } = await makeHub(sandbox);
    expect(await two.run("request", "session-3", "React")).toMatchObject({ code: 0, err: "" });
    await three.print("pause");
    const queued = await two.run("--json", "request", "session-3", "React", "--offline");
    expect(queued.code).toBe(4);
    expect(JSON.parse(queued.out)).not.toHaveProperty("away");
    expect((await two.run("--quiet", "request", "session-3", "React")).err).toBe("");
  });
});
