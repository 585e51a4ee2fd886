import { describe, expect, it } from "vitest";
import { plainText } from "../../../src/cli/render/table.ts";
import { Times } from "../../../src/cli/render/times.ts";
import { type Choice, OVERVIEW } from "../../../src/cli/top/choice.ts";
import { plainTop } from "../../../src/cli/top/plain.ts";
import { screen } from "../../../src/cli/top/screen.ts";
import { sectionsOf } from "../../../src/cli/top/sections.ts";
import type { Dashboard } from "../../../src/domain/dashboard/dashboard.ts";
import { utc } from "../../../src/domain/time/zone.ts";
import { makeVisible } from "../../../src/domain/values/visible.ts";
import { aHarmfulHub } from "../../dashboard/hostile-state.ts";
import { aDay, ago, dashboardOf } from "../../dashboard/scenes.ts";
import { NOON } from "../../support/builders.ts";

const plain = (_: string, text: string) => text;
const noon = new Times(NOON, true, utc);
const day = aDay();
const harmful = aHarmfulHub();

const linesOf = (
  state: Dashboard,
  size: { columns: number; rows: number },
  choice: Partial<Choice> = {},
): readonly string[] => screen(state, noon, size, { ...OVERVIEW, ...choice }, plain).lines;
const textOf = (...given: Parameters<typeof linesOf>) => linesOf(...given).join("\n");
const at = (index: number) => ({ key: undefined, index });

describe("the screen", () => {
  it("says where the terminal is too small for anything of use", () => {
    expect(linesOf(day, { columns: 20, rows: 3 })).toEqual(["too small"]);
  });

  it("shows the sections in their order, each with its number, and the keys at the foot", () => {
    const lines = linesOf(day, { columns: 120, rows: 60 });
    expect(lines).toHaveLength(60);
    const titles = lines.filter((line) => /^\d /.test(line));
    expect(titles).toEqual([
      "1 Waits for a person  4",
      "2 Silent, and holds something  1",
      "3 Overlapping claims  1",
      "4 Sessions  7",
      "5 Open requests  5",
      "6 Claims  5",
      "7 What happened  25",
    ]);
    expect(lines.at(-1)).toBe("q end  ? keys  Tab/1-7 section  / filter");
    expect(lines[0]).toMatch(/^git@github\.com:team\/hub\.git +commit 43b6bd3, state of 12:00:00, 0 s ago$/);
  });

  it("says of an empty hub what there is not", () => {
    expect(textOf(dashboardOf({}), { columns: 80, rows: 24 })).toContain("4 Sessions  none is registered");
  });

  it("shows the oldest unanswered request first, and the time that claims have left", () => {
    const text = textOf(day, { columns: 120, rows: 60 });
    expect(text).toMatch(
      /5 Open requests {2}5\n.*session-2-storage .*2 h .*\n.*session-5-orchestration .*43 min/,
    );
    expect(text).toMatch(/src\/ui\/charts\/\*\* in analytics +session-1-dashboard +12 min left/);
  });

  it("keeps what is more important where there is little room, and says how much more there is", () => {
    const many = harmful.sessions.length;
    const lines = linesOf(harmful, { columns: 80, rows: 30 });
    expect(lines.filter((line) => /^\d /.test(line))).toHaveLength(7);
    expect(lines.join("\n")).toMatch(/and \d+ more\n(?:\n)?2 /);
    const sessions = lines.findIndex((line) => line.startsWith("4 Sessions"));
    expect(lines.slice(sessions + 1, sessions + 4).at(-1)).toBe(`  and ${many - 2} more`);
    const small = linesOf(day, { columns: 80, rows: 8 });
    expect(small.filter((line) => /^\d /.test(line)).map((line) => line[0])).toEqual([..."123456"]);
  });

  it("drops the titles of empty sections first", () => {
    const sparse = { ...dashboardOf({}), events: day.events };
    expect(textOf(sparse, { columns: 80, rows: 8 })).toContain("7 What happened  25");
  });

  it("shows a section whole around the selected row, which is marked", () => {
    const shown = (index: number) =>
      linesOf(harmful, { columns: 100, rows: 12 }, { section: 3, selected: at(index) });
    const marked = (index: number) => shown(index).filter((line) => line.startsWith("> "));
    const { rows } = sectionsOf(harmful, noon)[3] ?? { rows: [] };
    for (const index of [0, 1, 7, rows.length - 1]) {
      expect(marked(index)).toHaveLength(1);
      expect(marked(index)[0]).toContain(rows[index]?.key);
    }
    expect(shown(0)[2]).toMatch(/^ {2}SESSION +PRESENCE/);
    expect(marked(9999)[0]).toContain(rows.at(-1)?.key);
  });

  it("shows all fields of a row, and the command that helps", () => {
    const stuck = day.unanswered.filter((each) => each.stuck !== null);
    const place = stuck.findIndex(({ kind }) => kind === "request");
    const [text, need] = [place, stuck.findIndex(({ kind }) => kind === "need")].map((index) =>
      textOf(day, { columns: 100, rows: 40 }, { section: 0, selected: at(index), isDetail: true }),
    );
    const row = stuck[place];
    expect(need).toMatch(/^options +\S/m);
    for (const part of [row?.id, row?.from, row?.text, row?.stuck, row?.next]) expect(text).toContain(part);
    expect(text).toMatch(/^since +11:17, 43 min ago$/m);
    expect(textOf(day, { columns: 100, rows: 40 }, { section: 5, isDetail: true })).toMatch(
      /^until +12:12, 12 min left$/m,
    );
  });

  it("shows only rows with the text of the filter, and how many of how many", () => {
    const text = textOf(day, { columns: 120, rows: 60 }, { filter: "KIM" });
    expect(text).toContain("4 Sessions  1 of 7");
    expect(text).not.toContain("session-4-deployment");
    expect(text).toContain("\n/KIM  q end  ? keys  Esc clear");
    expect(textOf(day, { columns: 80, rows: 20 }, { filter: "kim", isTyping: true })).toContain(
      "\n/kim_  Enter",
    );
  });

  it("says why the state is old", () => {
    const old = { ...day, outdated: "The hub does not answer.", seen_at: ago(90) };
    const text = textOf(old, { columns: 90, rows: 24 });
    expect(text).toMatch(/state of 10:30:00, 1 h ago\nThe hub does not answer\. This is what this host had/);
    expect(textOf({ ...day, unreadable: 1 }, { columns: 90, rows: 24 })).toContain(
      "1 file of the hub cannot be read",
    );
  });

  it("changes with time alone only where an age does", () => {
    const late = new Times(new Date(Date.parse(NOON) + 1000).toISOString().replace(".000", ""), true, utc);
    const size = { columns: 120, rows: 60 };
    const [before, after] = [noon, late].map((now) => screen(day, now, size, OVERVIEW, plain).lines);
    const changed = before?.filter((line, row) => line !== after?.[row]) ?? [];
    expect(changed.length).toBeGreaterThan(0);
    for (const line of changed) expect(line).toMatch(/ s ago|left|min/);
    expect(changed.length).toBeLessThan(8);
  });
});

describe("the same in plain text", () => {
  it("has all rows and no control character", () => {
    const text = plainText(plainTop(harmful, new Times(NOON, false, utc)));
    expect(makeVisible(text)).toBe(text);
    const rows = sectionsOf(harmful, noon).flatMap((section) => section.rows);
    // A line for each row, the title of each section and an empty line before it, and the hub.
    expect(text.split("\n")).toHaveLength(rows.length + 7 * 2 + 1);
    expect(text).toMatch(/^.* state of 2026-01-31T12:00:00Z, commit 43b6bd3\n\nWaits for a person: \d+\n/);
  });
});
