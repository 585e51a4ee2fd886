import type { Dashboard } from "../../domain/dashboard/dashboard.ts";
import { count } from "../../domain/values/count.ts";
import { cut, displayWidth, withoutEnd, wrapLine } from "../render/display-width.ts";
import { type Paint, type Table, textOf } from "../render/table.ts";
import { terminalLines } from "../render/terminal.ts";
import type { Times } from "../render/times.ts";
import { type Choice, placeOf, type Reach } from "./choice.ts";
import { detailLines } from "./detail.ts";
import { HELP, keyLine } from "./keys.ts";
import { filtered, type Row, type Section, sectionsOf } from "./sections.ts";
import { shareRows } from "./share-rows.ts";

/** The size of a terminal. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What stands on the screen, and how far the keys reach in it. */
export interface Screen {
  readonly lines: readonly string[];
  readonly reach: Reach;
}

/** A section with the rows that the filter leaves of it. */
interface Shown {
  readonly section: Section;
  readonly number: number;
  readonly rows: readonly Row[];
}

/** A terminal that is smaller shows nothing of use. */
const LEAST: Size = { columns: 30, rows: 4 };

/** The columns before each row, in which the selected one is marked. */
const MARK = "> ";
const NO_MARK = "  ";

/** Lays the dashboard out: at most as many lines as the terminal has rows, none of them wider than it. */
export function screen(state: Dashboard, times: Times, size: Size, choice: Choice, paint: Paint): Screen {
  const shown = sectionsOf(state, times).map((section, index) => ({
    section,
    number: index + 1,
    rows: filtered(section, choice.filter),
  }));
  const chosen = choice.section === undefined ? undefined : shown[choice.section];
  const top = [title(state, times, size, paint), ...notices(state, size, paint)];
  const room = Math.max(1, size.rows - top.length - 1);
  const reach = {
    counts: shown.map(({ rows }) => rows.length),
    keys: chosen?.rows.map(({ key }) => key) ?? [],
    // The title of the section and the heads of its columns stand above the rows.
    page: Math.max(1, choice.isHelp || choice.isDetail ? room : room - 2),
    mostScrolled: 0,
  };
  if (size.columns < LEAST.columns || size.rows < LEAST.rows)
    return { lines: [cut("too small", Math.max(1, size.columns))], reach };
  const { lines, mostScrolled } = body(
    shown,
    chosen,
    times,
    { columns: size.columns, rows: room },
    choice,
    paint,
  );
  const filler = Array.from({ length: room - lines.length }, () => "");
  return {
    lines: [...top, ...lines, ...filler, foot(choice, size, paint)],
    reach: { ...reach, mostScrolled },
  };
}

interface Body {
  readonly lines: readonly string[];
  readonly mostScrolled: number;
}

function body(
  shown: readonly Shown[],
  chosen: Shown | undefined,
  times: Times,
  room: Size,
  choice: Choice,
  paint: Paint,
): Body {
  if (choice.isHelp) return scrolled(helpLines(room, paint), room, choice);
  if (chosen === undefined) return { lines: overview(shown, room, choice, paint), mostScrolled: 0 };
  const place = placeOf(
    choice,
    chosen.rows.map(({ key }) => key),
  );
  const row = chosen.rows[place];
  if (choice.isDetail && row !== undefined)
    return scrolled(
      [heading(chosen, room, choice, paint), ...detailLines(row, times, room.columns, paint)],
      room,
      choice,
    );
  return { lines: whole(chosen, place, room, choice, paint), mostScrolled: 0 };
}

function helpLines({ columns }: Size, paint: Paint): string[] {
  const width = Math.max(...HELP.map(([keys]) => keys.length));
  return HELP.flatMap(([keys, does]) =>
    wrapLine(does, columns - width - 2).map(
      (line, index) => `${paint("bold", (index === 0 ? keys : "").padEnd(width))}  ${line}`,
    ),
  );
}

function scrolled(lines: readonly string[], { rows }: Size, choice: Choice): Body {
  const mostScrolled = Math.max(0, lines.length - rows);
  const from = Math.min(choice.scrolled, mostScrolled);
  return { lines: lines.slice(from, from + rows), mostScrolled };
}

/** All sections, fitted into the room: the most important ones give way last. */
function overview(shown: readonly Shown[], room: Size, choice: Choice, paint: Paint): string[] {
  const shares = shareRows(
    shown.map(({ rows }) => rows.length),
    room.rows,
  );
  return shown.flatMap((each, index) => {
    const share = shares[index];
    if (share === undefined) return [];
    // With one line for all rows, the title says how many there are.
    const isCut = share.body > 1 && share.body < each.rows.length;
    const rows = each.rows.slice(0, isCut ? share.body - 1 : share.body);
    const missing = each.rows.length - rows.length;
    return [
      ...Array.from({ length: share.gap }, () => ""),
      heading(each, room, choice, paint),
      ...tableOf({ ...each, rows }, room, paint, false).map((line) => NO_MARK + line),
      ...(isCut ? [`${NO_MARK}${paint("dim", `and ${missing} more`)}`] : []),
    ];
  });
}

/** One section with as many rows as there is room for, around the selected one. */
function whole(shown: Shown, place: number, room: Size, choice: Choice, paint: Paint): string[] {
  const [heads = "", ...rows] = tableOf(shown, room, paint, true);
  const page = Math.max(1, room.rows - 2);
  const from = Math.max(0, Math.min(place - Math.floor(page / 2), rows.length - page));
  return [
    heading(shown, room, choice, paint),
    ...(rows.length === 0 ? [] : [NO_MARK + heads]),
    ...rows
      .slice(from, from + page)
      .map((line, index) => (from + index === place ? paint("bold", MARK) : NO_MARK) + line),
  ].slice(0, room.rows);
}

/** The rows as lines, with the heads of the columns in a line before them. */
function tableOf({ section, rows }: Shown, { columns }: Size, paint: Paint, hasHeads: boolean): string[] {
  const table: Table = {
    columns: hasHeads ? section.columns : section.columns.map((column) => ({ ...column, head: "" })),
    rows: rows.map(({ cells }) => cells),
  };
  return rows.length === 0 ? [] : terminalLines([table], columns - MARK.length, paint);
}

function heading(
  { section, number, rows }: Shown,
  { columns }: Size,
  { filter }: Choice,
  paint: Paint,
): string {
  const all = section.rows.length;
  const number_ = filter === "" ? String(rows.length) : `${rows.length} of ${all}`;
  const amount = all === 0 ? section.none : number_;
  const name = cut(`${number} ${section.title}`, columns - displayWidth(amount) - 2);
  const style = section.isUrgent && rows.length > 0 ? "yellow" : "dim";
  return `${paint("bold", name)}  ${paint(style, amount)}`;
}

/** Which hub, and of when the state is. Where there is little room, the name of the hub gives way. */
function title({ hub, commit, ...state }: Dashboard, times: Times, { columns }: Size, paint: Paint): string {
  const at = state.seen_at ?? state.at;
  // The seconds are those of every zone.
  const moment = `state of ${times.local(at)}:${at.slice(17, 19)}, ${times.ago(at)}`;
  const parts = [`commit ${commit.slice(0, 7)}`, moment].map((part) => textOf(part));
  const name = textOf(hub);
  const told = displayWidth(name) + parts.join(", ").length + 2 <= columns ? parts : parts.slice(1);
  const end = cut(told.join(", "), columns);
  const start = cut(name, Math.max(0, columns - displayWidth(end) - 2));
  if (columns - displayWidth(end) < 10) return end;
  return `${paint("bold", start)}${" ".repeat(Math.max(2, columns - displayWidth(start) - displayWidth(end)))}${end}`;
}

/** Why the state is old or not whole. Beside it, most of the screen is kept for the state. */
function notices({ outdated, unreadable }: Dashboard, { columns, rows }: Size, paint: Paint): string[] {
  const texts = [
    ...(outdated === null ? [] : [`${outdated} This is what this host had of it.`]),
    ...(unreadable === 0
      ? []
      : [`${count(unreadable, "file")} of the hub cannot be read. See: hive validate`]),
  ];
  const lines = texts.flatMap((text) => wrapLine(textOf(text), columns));
  return lines.slice(0, Math.max(1, Math.floor(rows / 4))).map((line) => paint("yellow", line));
}

function foot(choice: Choice, { columns }: Size, paint: Paint): string {
  const { filter, isTyping } = choice;
  const keys = keyLine(choice);
  if (!isTyping && filter === "") return paint("dim", fitting(keys, columns));
  // The end of a long filter is what is being typed.
  const typed = textOf(filter);
  const most = Math.max(1, Math.floor(columns / 2));
  const shown = displayWidth(typed) <= most ? typed : `…${endOf(typed, most - 1)}`;
  const text = `/${shown}${isTyping ? "_" : ""}`;
  return `${paint("bold", text)}  ${paint("dim", fitting(keys, columns - displayWidth(text) - 2))}`;
}

/** As many of the keys as there is room for. */
function fitting(keys: readonly string[], columns: number): string {
  let line = "";
  for (const key of keys) {
    const longer = line === "" ? key : `${line}  ${key}`;
    if (displayWidth(longer) <= columns) line = longer;
  }
  return withoutEnd(line);
}

function endOf(text: string, columns: number): string {
  let kept = text;
  while (displayWidth(kept) > columns) kept = [...kept].slice(1).join("");
  return kept;
}
