import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderCsv } from "../../../src/cli/render/csv.ts";
import { renderMetrics } from "../../../src/cli/render/metrics.ts";
import { terminalLines } from "../../../src/cli/render/terminal.ts";
import { Times } from "../../../src/cli/render/times.ts";
import { metrics } from "../../../src/domain/metrics/metrics.ts";
import { timedRequests } from "../../../src/domain/metrics/request-times.ts";
import { utc } from "../../../src/domain/time/zone.ts";
import { aState, NOON } from "../../support/builders.ts";
import { Console } from "../../support/console.ts";
import { commitByHand } from "../../support/hand-commit.ts";
import { hostileText } from "../../support/hostile.ts";
import { oddRequests } from "../../support/requests.ts";
import { Sandbox } from "../../support/sandbox.ts";

const sandbox = new Sandbox();
const one = new Console(sandbox).with({ env: { HIVE_SESSION: "session-1" } });
const two = one.with({ env: { HIVE_SESSION: "session-2" } });
const minutes = (number: number) => {
  sandbox.clock.now += number * 60_000;
};

beforeAll(async () => {
  await one.print("init", "--remote", await sandbox.bareHub());
  await one.print("register", "session-1", "--skill", "react");
  await two.print("register", "session-2", "--skill", "=HYPERLINK(1),go");
  const ask = async () => (await one.print("-q", "request", "session-2", "Help")).trim();
  const first = await ask();
  minutes(5);
  await two.print("accept", first);
  minutes(60);
  await two.print("complete", first);
  const second = await ask();
  minutes(10);
  await two.print("decline", second);
  await ask();
  minutes(180);
});
afterAll(() => sandbox.close());

describe("hive metrics", () => {
  it("shows all figures on one screen", async () => {
    expect(await one.print("metrics")).toBe(
      [
        "Sessions    2 registered: 2 active, 0 idle, 0 offline",
        "Requests    3 made, 1 open",
        "  pending  1  ████████████████████████",
        "  accepted  0",
        "  in progress  0",
        "  completed  1  ████████████████████████",
        "  declined  1  ████████████████████████",
        "  cancelled  0",
        "  expired  0",
        "Answered    2, half within 5m, 90 % within 10m",
        "Accepted    1, half within 5m, 90 % within 5m",
        "Completed   1, half within 1h, 90 % within 1h; 50 % of 2 that ended",
        "Unanswered  1 now, the oldest for 3h",
        "Open requests by session",
        "  session-2  1  ████████████████████████",
        "Week  made  completed  half accepted within",
        "2025-W52  0  0  -",
        "2026-W01  0  0  -",
        "2026-W02  0  0  -",
        "2026-W03  0  0  -",
        "2026-W04  0  0  -",
        "2026-W05  3  1  5m  ████████████████████████",
        "",
      ].join("\n"),
    );
  });

  it("prints the same figures as fields, also since an instant", async () => {
    const whole = await one.json("metrics");
    expect(whole).not.toHaveProperty("since");
    expect(whole).toMatchObject({
      sessions: { registered: 2, active: 2 },
      collaborations: { total: 3, response_seconds: { p50: 300, p90: 600 }, completion_rate: 0.5 },
      refused: { total: 0, whole_history: true },
    });
    expect(await one.json("metrics", "--since", "200m")).toMatchObject({
      since: "2026-01-31T12:55:00Z",
      collaborations: { total: 2, by_status: { completed: 0 }, completion_rate: 0 },
    });
    const empty = await one.json("metrics", "--since", "2027-01-01T00:00:00Z");
    expect(empty).toMatchObject({ collaborations: { total: 0 } });
    expect(empty).not.toHaveProperty("collaborations.completion_rate");
  });

  it("shows a row for each session or skill", async () => {
    expect(await one.print("metrics", "--by", "session")).toBe(
      [
        "session  asked  received  answered  completed  open  half answered in  half completed in",
        "session-2  0  3  2  1  1  5m  1h",
        "session-1  3  0  0  0  0  -  -",
        "",
      ].join("\n"),
    );
    expect(await one.json("metrics", "--by", "skill")).toMatchObject({
      by: "skill",
      rows: [
        { key: "=hyperlink(1)", received: 3 },
        { key: "go", received: 3 },
      ],
    });
    expect(await one.print("metrics", "--by", "skill")).toMatch(
      /^By the skill that a request names, else by each skill that the session asked has now, .*\nskill {2}received/,
    );
    expect(await one.print("metrics", "--by", "skill", "--since", "1s")).toBe(
      'There is no request to count. To make one: hive request <session> "<text>"\n',
    );
  });

  it("prints one figure on each row with --csv, and no text that a spreadsheet would run", async () => {
    const rows = (await one.print("metrics", "--csv")).split("\r\n");
    expect(rows).toEqual(
      expect.arrayContaining([
        "metric,key,value",
        "sessions,registered,2",
        "requests_by_status,completed,1",
        "response_seconds,p90,600",
        "completion_rate,,0.5",
        "open_requests,session-2,1",
        "week_made,2026-W05,3",
      ]),
    );
    expect(rows.at(-1)).toBe("");
    expect(await one.print("metrics", "--csv", "--by", "skill")).toContain(
      "\r\nskill_received,'=hyperlink(1),3\r\n",
    );
  });

  it("counts the refusals in the history, and says where this host has only a part of it", async () => {
    const other = new Sandbox();
    const hub = await other.bareHub();
    const near = new Console(other).with({ env: { HIVE_SESSION: "session-1" } });
    await near.print("init", "--remote", hub);
    const message =
      "refuse claim by session-1: held\n\nHive-Refused: 01KG9M2V0000000000000000AA\nHive-Kind: refusal\n";
    await commitByHand(other, hub, [], { message });
    await commitByHand(other, hub, [], { message: "refuse claim by hand: no refusal" });
    expect(await near.json("metrics")).toMatchObject({
      refused: { total: 1, by_kind: { claim: 1 }, whole_history: true },
    });
    const far = near.with({ env: { HIVE_HUB: `file://${hub}`, HIVE_STATE_DIR: other.folder("hosts", "b") } });
    expect(await far.json("metrics")).toMatchObject({ refused: { total: 0, whole_history: false } });
    await far.print("log", "--since", "1d");
    expect(await far.print("metrics")).toContain(
      "Refused     1 claim; recorded; most refusals are not recorded\n",
    );
    await other.close();
  });

  it("refuses another value of --by", async () => {
    expect(await one.run("metrics", "--by", "role")).toMatchObject({ code: 2, out: "" });
  });
});

describe("a screen", () => {
  it("fits the figures of any hub", () => {
    fc.assert(
      fc.property(oddRequests, (collaborations) => {
        const state = aState({ collaborations });
        const refusals = {
          entries: [
            {
              op: null,
              kind: "refusal",
              session: "a",
              at: NOON,
              subject: "refuse claim by a: x",
              commit: "",
            },
          ],
          isWhole: false,
        };
        const timed = timedRequests(state, undefined, NOON);
        const figures = metrics(state, timed, refusals, { since: undefined, now: NOON });
        const page = renderMetrics(figures, new Times(NOON, true, utc));
        const lines = terminalLines(page, 100, (_, text) => text);
        expect(lines.length).toBeLessThanOrEqual(30);
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
      }),
    );
  });
});

/** Parses CSV (RFC 4180). */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === "\r\n") rows.push([]);
    if (end === "") break;
  }
  return rows;
}

describe("CSV", () => {
  it("parses to the same cells, and no cell is a formula", () => {
    const cell = fc.oneof(
      hostileText,
      fc.constantFrom("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", 'a"b', "a,b", "a\r\nb"),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const read = parseCsv(renderCsv(rows));
        expect(read.map((row) => row.length)).toEqual(rows.map(() => 2));
        for (const text of read.flat()) expect(text).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });

  it("quotes only where needed, and keeps numbers and empty cells", () => {
    expect(renderCsv([["a", 1, null, "b c", 'd"e', "f,g", "h\ni", "-1"]])).toBe(
      `a,1,,b c,"d""e","f,g","h\ni",'-1`,
    );
  });
});
