/** A command that a step gave the runner by printing it. */
export interface RunnerCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** .NET compares by culture there, which passes over what has no width. */
const seen = (text: string) => text.replaceAll(/[\p{Default_Ignorable_Code_Point}\p{Cf}\p{M}]/gu, "");

/**
 * The commands in what a step printed, as the runner finds them (actions/runner 2.336, ActionCommand.cs): `::name k=v::data`
 * at the start of a line without its white space, or the old `##[name k=v;]data` anywhere in one.
 */
export function readCommands(printed: string): RunnerCommand[] {
  return printed.split(/\r\n|\r|\n/).flatMap((line) => readNew(line) ?? readOld(line) ?? []);
}

function readNew(line: string): RunnerCommand | undefined {
  const text = seen(line).trimStart();
  if (!text.startsWith("::")) return undefined;
  const end = text.indexOf("::", 2);
  if (end < 0) return undefined;
  const [name = "", ...rest] = text.slice(2, end).split(" ");
  return { name, properties: readProperties(rest.join(" "), ","), data: decode(text.slice(end + 2)) };
}

function readOld(line: string): RunnerCommand | undefined {
  const text = seen(line);
  const start = text.indexOf("##[");
  const end = start < 0 ? -1 : text.indexOf("]", start);
  if (end < 0) return undefined;
  const [name = "", ...rest] = text.slice(start + 3, end).split(" ");
  return { name, properties: readProperties(rest.join(" "), ";"), data: text.slice(end + 1) };
}

function readProperties(text: string, separator: string): Record<string, string> {
  const pairs = text.split(separator).map((pair) => pair.split("=", 2));
  return Object.fromEntries(
    pairs.flatMap(([key = "", value]) => (value ? [[key.trim(), decode(value, true)]] : [])),
  );
}

function decode(text: string, isProperty = false): string {
  const data = text.replaceAll("%0D", "\r").replaceAll("%0A", "\n");
  const all = isProperty ? data.replaceAll("%3A", ":").replaceAll("%2C", ",") : data;
  return all.replaceAll("%25", "%");
}
