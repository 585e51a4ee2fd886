/** A component of a calendar as RFC 5545 has it: its properties by name, and what is inside of it. */
export interface Component {
  readonly name: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly components: readonly Component[];
}

/** What each component has to have, and may have, each once. */
const PROPERTIES: Readonly<Record<string, { must: readonly string[]; may: readonly string[] }>> = {
  VCALENDAR: { must: ["VERSION", "PRODID"], may: ["CALSCALE", "METHOD"] },
  VEVENT: { must: ["UID", "DTSTAMP", "DTSTART", "DTEND"], may: ["SUMMARY", "DESCRIPTION", "TRANSP"] },
};
const VALUES: Readonly<Record<string, RegExp>> = {
  VERSION: /^2\.0$/,
  CALSCALE: /^GREGORIAN$/,
  METHOD: /^PUBLISH$/,
  TRANSP: /^(?:OPAQUE|TRANSPARENT)$/,
  DTSTAMP: /^\d{8}T\d{6}Z$/,
  DTSTART: /^\d{8}T\d{6}Z$/,
  DTEND: /^\d{8}T\d{6}Z$/,
};

/** A tab may be in a value, and no other control character. */
const PROPERTY = /^([A-Z-]+):((?:\t|\P{Cc}|[\u0080-\u009f])*)$/u;

/** Reads one calendar strictly: whatever RFC 5545 does not allow of what git-hive writes is thrown. */
export function parseCalendar(bytes: Uint8Array): Component {
  const lines = unfold(physicalLines(bytes));
  const root = readComponent(lines);
  if (lines.length > 0) throw new Error(`something follows the calendar: ${lines[0]}`);
  if (root.name !== "VCALENDAR" || root.components.length === 0)
    throw new Error("no calendar, or an empty one");
  const uids = root.components.map(({ properties }) => properties.get("UID"));
  if (new Set(uids).size !== uids.length) throw new Error("two events have one UID");
  return root;
}

/** A value of the type TEXT without its escapes. */
export function readText(value: string | undefined): string {
  if (value === undefined) throw new Error("no such property");
  if (/(?<!\\)(?:\\\\)*[;,]/.test(value)) throw new Error(`not escaped: ${value}`);
  return value.replaceAll(/\\(.?)/gsu, (_, escaped: string) => {
    if (escaped === "n" || escaped === "N") return "\n";
    if (!/^[\\;,]$/.test(escaped)) throw new Error(`no escape: \\${escaped}`);
    return escaped;
  });
}

/** The instant of a value of the type DATE-TIME in UTC. */
export function readInstant(value: string | undefined): string {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(value ?? "") ?? [];
  const instant = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  if (Number.isNaN(Date.parse(instant))) throw new Error(`no instant: ${value}`);
  return instant;
}

/** Lines that end with CR LF, have at most 75 octets, and are each valid UTF-8. */
function physicalLines(bytes: Uint8Array): string[] {
  const lines: string[] = [];
  let start = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === 10 && bytes[at - 1] !== 13) throw new Error("a line feed alone");
    if (bytes[at] === 13 && bytes[at + 1] !== 10) throw new Error("a carriage return alone");
    if (bytes[at] !== 13) continue;
    if (at - start > 75) throw new Error(`a line of ${at - start} octets`);
    lines.push(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(start, at)));
    start = at + 2;
  }
  if (start !== bytes.length) throw new Error("the last line has no end");
  return lines;
}

function unfold(lines: readonly string[]): string[] {
  const unfolded: string[] = [];
  for (const line of lines) {
    if (line.startsWith(" "))
      unfolded.push(`${unfolded.pop() ?? fail("folded before the first line")}${line.slice(1)}`);
    else unfolded.push(line);
  }
  return unfolded;
}

/** Takes the lines of one component from the front. */
function readComponent(lines: string[]): Component {
  const [, name = ""] = /^BEGIN:([A-Z-]+)$/.exec(lines.shift() ?? "") ?? fail("no component begins");
  const allowed = PROPERTIES[name] ?? fail(`an unknown component ${name}`);
  const properties = new Map<string, string>();
  const components: Component[] = [];
  while (lines.length > 0 && lines[0] !== `END:${name}`) {
    if (lines[0]?.startsWith("BEGIN:")) components.push(readComponent(lines));
    else addProperty(properties, lines.shift() ?? "", [...allowed.must, ...allowed.may]);
  }
  if (lines.shift() === undefined) throw new Error(`${name} does not end`);
  for (const key of allowed.must) if (!properties.has(key)) throw new Error(`${name} has no ${key}`);
  const [from, to] = [properties.get("DTSTART"), properties.get("DTEND")];
  if (from !== undefined && to !== undefined && readInstant(from) >= readInstant(to))
    throw new Error(`an event ends at ${to} before it begins at ${from}`);
  return { name, properties, components };
}

function addProperty(properties: Map<string, string>, line: string, allowed: readonly string[]): void {
  const [, name = "", value = ""] = PROPERTY.exec(line) ?? fail(`no property: ${line}`);
  if (!allowed.includes(name)) throw new Error(`${name} does not belong here`);
  if (properties.has(name)) throw new Error(`${name} stands twice`);
  if (VALUES[name]?.test(value) === false) throw new Error(`${name} is ${value}`);
  properties.set(name, value);
}

function fail(message: string): never {
  throw new Error(message);
}
