import type { TimetableRow, TimetableView } from "../../domain/sessions/timetable.ts";
import { clockOf, dayNameOf } from "../../domain/time/describe-time.ts";
import type { Zone } from "../../domain/time/zone.ts";
import { describeAway, presenceCell } from "./styles.ts";
import type { Cell, Column, Page, Table } from "./table.ts";
import type { Times } from "./times.ts";

type Day = TimetableView["days"][number];

const HOUR_MS = 3_600_000;
const HOURS = 24;
/** The width of one window, `09:00-12:00*`. */
const TIMES_WIDTH = 12;
/** The head of a strip: the hours above their characters. */
const AXIS = "0     6     12    18    ";

/**
 * Renders the hours of sessions. On a terminal a day is a strip with a character for each hour; elsewhere each session is a
 * line with the times of each day. A star marks the current day and hours.
 */
export function renderTimetable(view: TimetableView, zone: Zone, times: Times): Page {
  const { at, days, sessions } = view;
  if (sessions.length === 0) return "No session is registered yet. Next: hive register <session>";
  const now = zone.wallAt(Date.parse(at));
  const footer = `* now, ${dayNameOf(now)} ${clockOf(now)} ${zone.name}`;
  if (!times.isTerminal) return [plainTable(view, zone, times), footer];
  const [today, ...others] = days;
  const shown =
    today && others.length === 0 ? [dayTable(view, today, zone, times)] : weekOf(view, zone, times);
  return [...shown, footer];
}

function plainTable({ at, days, sessions }: TimetableView, zone: Zone, times: Times): Table {
  const heads = [
    "session",
    "state",
    ...days.map((day) => `${dayNameOf(Date.parse(day.date))} ${day.date}${mark(day, at)}`),
  ];
  return {
    columns: heads.map((head) => ({ head, giveWay: 0 })),
    rows: sessions.map((row) => [
      row.id,
      stateOf(row, times),
      ...days.map((day) => timesOn(row, day, at, zone) || "-"),
    ]),
    hasHead: true,
  };
}

/** One day of all sessions. */
function dayTable({ at, sessions }: TimetableView, day: Day, zone: Zone, times: Times): Table {
  const columns: readonly Column[] = [
    { head: "SESSION", giveWay: 0 },
    { head: "STATE", giveWay: 3 },
    { head: AXIS, giveWay: 2 },
    { head: `${labelOf(day, at)} TIMES`.toUpperCase(), giveWay: 1, isWrapped: true, least: TIMES_WIDTH },
  ];
  const rows = sessions.map((row) => [
    row.id,
    presenceCell(row.presence, stateOf(row, times)),
    stripOf(row, day, zone),
    timesOn(row, day, at, zone) || "-",
  ]);
  return { columns, rows };
}

/** A table of days for each session that has hours or a pause, and one line for all others. */
function weekOf({ at, days, sessions }: TimetableView, zone: Zone, times: Times): (string | Table)[] {
  const isAlways = (row: TimetableRow) =>
    days.every((day) => /^all day\*?$/.test(timesOn(row, day, at, zone)));
  const columns: readonly Column[] = [
    { head: "DAY", giveWay: 0 },
    { head: AXIS, giveWay: 0 },
    { head: "TIMES", giveWay: 1, isWrapped: true, least: TIMES_WIDTH },
  ];
  const grids = sessions
    .filter((row) => !isAlways(row))
    .flatMap((row) => [
      `${row.id}, ${stateOf(row, times)}${row.hours === null ? "" : `: ${row.hours}`}`,
      {
        columns,
        rows: days.map((day) => [
          labelOf(day, at),
          stripOf(row, day, zone),
          timesOn(row, day, at, zone) || "-",
        ]),
      },
      "",
    ]);
  const always = sessions.filter(isAlways).map((row) => `${row.id} (${stateOf(row, times)})`);
  return [...grids, ...(always.length > 0 ? [`At all hours: ${always.join(", ")}`] : [])];
}

/** `Mon 26`, with a star for the current day. */
function labelOf(day: Day, at: string): string {
  return `${dayNameOf(Date.parse(day.date))} ${day.date.slice(8)}${mark(day, at)}`;
}

function stateOf({ presence, away }: TimetableRow, times: Times): string {
  const silent = presence === "alive" ? [] : [presence];
  return [...silent, ...(away ? [describeAway(away, times)] : [])].join(", ") || "online";
}

/** A character for each hour of a day: full, in part, or not at all. */
function stripOf({ open }: TimetableRow, { date }: Day, zone: Zone): Cell {
  const hours = [...Array(HOURS).keys()].map((hour) => {
    const wall = Date.parse(date) + hour * HOUR_MS;
    const [from, to] = [zone.instantOf(wall), zone.instantOf(wall + HOUR_MS)];
    const part = open.reduce(
      (sum, each) =>
        sum + Math.max(0, Math.min(Date.parse(each.to), to) - Math.max(Date.parse(each.from), from)),
      0,
    );
    if (part === 0) return "·";
    return part < to - from ? "▒" : "█";
  });
  return { text: hours.join(""), style: "green" };
}

/** `09:00-12:00 13:00-17:00*`, `all day`, or nothing. */
function timesOn({ open }: TimetableRow, day: Day, at: string, zone: Zone): string {
  const inside = open
    .map(({ from, to }) => ({ from: from > day.from ? from : day.from, to: to < day.to ? to : day.to }))
    .filter(({ from, to }) => from < to);
  const shown = inside.map((part) => {
    if (part.from === day.from && part.to === day.to) return `all day${mark(part, at)}`;
    const [from, to] = [part.from, part.to].map((end) => clockOf(zone.wallAt(Date.parse(end))));
    return `${from}-${part.to === day.to ? "24:00" : to}${mark(part, at)}`;
  });
  return shown.join(" ");
}

function mark({ from, to }: { readonly from: string; readonly to: string }, at: string): string {
  return from <= at && at < to ? "*" : "";
}
