import { command } from "../command.ts";
import { type Child, h, svg } from "../dom.ts";
import { nothing, type Section } from "../section.ts";
import { table } from "../table.ts";
import type { View } from "../view.ts";

type Minutes = readonly [from: number, to: number];

const DAY_MINUTES = 1440;
const DAY_NAMES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** When each session works this week. */
export function week(view: View): Section {
  const { days, sessions, always, zone, now } = view.state.week;
  const columns = [
    { head: "Session", kind: "name" as const },
    ...days.map((date, index) => ({
      head: `${DAY_NAMES[index]} ${Number(date.slice(8))}${index === now[0] ? ", today" : ""}`,
    })),
  ];
  const rows = sessions.map(({ id, away, days: open }) => [
    [view.who(id), away === null ? null : h("small", {}, away)],
    ...open.map((parts, index) => dayCell(parts, index === now[0] ? now[1] : undefined)),
  ]);
  return {
    id: "week",
    title: "This week",
    note: `times in ${zone}`,
    children: [
      sessions.length === 0
        ? nothing("No session has set hours or is away.")
        : table("When the sessions are available this week", columns, rows),
      always.length === 0
        ? null
        : h(
            "p",
            { class: "quiet" },
            "At all hours: ",
            ...always.flatMap((id, index): Child[] => [index > 0 ? ", " : "", view.who(id)]),
          ),
      command('hive availability set "Mon-Fri 09:00-17:00 Europe/Berlin"'),
    ],
  };
}

/** A bar of the day with its hours, and the same in words. */
function dayCell(parts: readonly Minutes[], now: number | undefined): Child {
  const bar = svg(
    "svg",
    { class: "day", viewBox: `0 0 ${DAY_MINUTES} 10`, preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", { class: "empty", width: DAY_MINUTES, height: 10 }),
    ...parts.map(([from, to]) =>
      svg("rect", { class: "open", x: from, width: Math.max(to - from, 0), height: 10 }),
    ),
    now === undefined ? null : svg("rect", { class: "now", x: now, width: 20, height: 10 }),
  );
  return [bar, h("small", {}, parts.map(describe).join(", ") || "–")];
}

function describe([from, to]: Minutes): string {
  return from === 0 && to === DAY_MINUTES ? "all day" : `${clock(from)}–${clock(to)}`;
}

function clock(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0")).join(":");
}
