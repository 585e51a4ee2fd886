import ICAL from "ical.js";
import { encodeCalendar } from "../../src/domain/time/encode-calendar.ts";
import { type Interval, joinIntervals } from "../../src/domain/time/interval.ts";
import { parseHours } from "../../src/domain/time/parse-hours.ts";
import { weeklyRules } from "../../src/domain/time/weekly-rules.ts";

/** The calendar of weekly hours whose rules begin before 2026. */
export function encodeHours(hours: string): string {
  const rules = weeklyRules(parseHours(hours), { from: Date.UTC(2026, 0, 1), to: Date.UTC(2031, 0, 1) });
  const events = rules.map((when, index) => ({
    uid: `rule-${index}`,
    sequence: 0,
    when,
    summary: "available",
    description: hours,
  }));
  return encodeCalendar({ name: "Hours", events }, "2026-01-01T00:00:00Z");
}

/** When weekly hours are, as ical.js reads their calendar; events that touch are joined, as are our own hours. */
export function expandHours(hours: string, within: Interval): Interval[] {
  return joinIntervals(expand(readCalendar(encodeHours(hours)), within));
}

/** Reads one calendar with ical.js, after a check of what it does not mind: how the lines are folded and encoded. */
export function readCalendar(text: string): ICAL.Component {
  checkLines(new TextEncoder().encode(text));
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  if (calendar.name !== "vcalendar") throw new Error(`no calendar, but ${calendar.name}`);
  for (const name of ["version", "prodid"]) only(calendar, name);
  const events = calendar.getAllSubcomponents("vevent");
  if (events.length === 0) throw new Error("an empty calendar");
  for (const event of events) {
    for (const name of ["uid", "dtstamp", "dtstart", "dtend", "sequence"]) only(event, name);
    if (span(event).from >= span(event).to) throw new Error("an event ends before it begins");
  }
  const keys = events.map((each) => `${textOf(each, "uid")} ${textOf(each, "recurrence-id")}`);
  if (new Set(keys).size !== keys.length) throw new Error("two events have one UID");
  return calendar;
}

/** A property of a component as text; empty without it. */
export function textOf(component: ICAL.Component, name: string): string {
  return String(component.getFirstPropertyValue(name) ?? "");
}

/** The events that are no exceptions of others. */
export function masters(calendar: ICAL.Component): ICAL.Component[] {
  return calendar.getAllSubcomponents("vevent").filter((each) => !each.hasProperty("recurrence-id"));
}

/** When the events of a calendar are between two instants, as ical.js expands them with the calendar's own zones. */
function expand(calendar: ICAL.Component, { from, to }: Interval): Interval[] {
  const exceptions = calendar
    .getAllSubcomponents("vevent")
    .filter((each) => each.hasProperty("recurrence-id"));
  const found = masters(calendar).flatMap((master) => {
    const event = new ICAL.Event(master, {
      exceptions: exceptions.filter((each) => textOf(each, "uid") === textOf(master, "uid")),
    });
    if (!event.isRecurring()) return [span(master)];
    const occurrences: Interval[] = [];
    const iterator = event.iterator();
    for (let next = iterator.next(); next; next = iterator.next()) {
      const { startDate, endDate } = event.getOccurrenceDetails(next);
      occurrences.push({ from: startDate.toJSDate().getTime(), to: endDate.toJSDate().getTime() });
      if (next.toJSDate().getTime() > to) break;
    }
    return occurrences;
  });
  return found
    .map((each) => ({ from: Math.max(each.from, from), to: Math.min(each.to, to) }))
    .filter((each) => each.from < each.to)
    .sort((a, b) => a.from - b.from || a.to - b.to);
}

/** The instants of an event itself. */
export function span(event: ICAL.Component): Interval {
  const [from, to] = ["dtstart", "dtend"].map((name) => {
    const value = event.getFirstPropertyValue(name);
    if (!(value instanceof ICAL.Time)) throw new Error(`${name} is no time`);
    return value.toJSDate().getTime();
  });
  return { from: from ?? Number.NaN, to: to ?? Number.NaN };
}

function only(component: ICAL.Component, name: string): void {
  const { length } = component.getAllProperties(name);
  if (length !== 1) throw new Error(`${component.name} has ${name} ${length} times`);
}

/** Lines end with CR LF, have at most 75 octets, and are each valid UTF-8. */
function checkLines(bytes: Uint8Array): void {
  let start = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === 10 && bytes[at - 1] !== 13) throw new Error("a line feed alone");
    if (bytes[at] === 13 && bytes[at + 1] !== 10) throw new Error("a carriage return alone");
    if (bytes[at] !== 13) continue;
    if (at - start > 75) throw new Error(`a line of ${at - start} octets`);
    new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(start, at));
    start = at + 2;
  }
  if (start !== bytes.length) throw new Error("the last line has no end");
}
