import type { TimetableRow, TimetableView } from "../../domain/sessions/timetable.ts";
import { clockOf, dayNameOf } from "../../domain/time/describe-time.ts";
import type { Zone } from "../../domain/time/zone.ts";
import { renderTable } from "./table.ts";

type Day = TimetableView["days"][number];

/** Renders the hours of sessions: a line for each session, a column for each day. A star marks the current day and hours. */
export function renderTimetable({ at, days, sessions }: TimetableView, zone: Zone): string {
  const now = zone.wallAt(Date.parse(at));
  const head = days.map((day) => `${dayNameOf(Date.parse(day.date))} ${day.date}${mark(day, at)}`);
  const rows = sessions.map((row) => [row.id, stateOf(row), ...days.map((day) => cell(row, day, at, zone))]);
  return [
    ...renderTable([["", "", ...head], ...rows]),
    `* now, ${dayNameOf(now)} ${clockOf(now)} ${zone.name}`,
  ].join("\n");
}

function stateOf({ presence, away }: TimetableRow): string {
  const silent = presence === "alive" ? [] : [presence];
  return [...silent, ...(away ? [away.reason] : [])].join(", ") || "online";
}

function cell({ open }: TimetableRow, day: Day, at: string, zone: Zone): string {
  const inside = open
    .map(({ from, to }) => ({ from: from > day.from ? from : day.from, to: to < day.to ? to : day.to }))
    .filter(({ from, to }) => from < to);
  const shown = inside.map((part) => {
    if (part.from === day.from && part.to === day.to) return `all day${mark(part, at)}`;
    const [from, to] = [part.from, part.to].map((end) => clockOf(zone.wallAt(Date.parse(end))));
    return `${from}-${part.to === day.to ? "24:00" : to}${mark(part, at)}`;
  });
  return shown.join(" ") || "-";
}

function mark({ from, to }: { readonly from: string; readonly to: string }, at: string): string {
  return from <= at && at < to ? "*" : "";
}
