import { type Node, parseTree } from "jsonc-parser";

type Path = readonly (string | number)[];

/**
 * Adds a value at the end of the list or object at a path of a JSON text that may have comments. The rest of the text
 * stays unchanged, so removing the value again restores the text.
 */
export function addValue(text: string, path: Path, value: unknown, key?: string): string {
  const parent = nodeAt(text, path);
  if (parent === undefined) return text;
  const { unit, eol } = styleOf(text);
  const outer = indentAt(text, parent.offset);
  const inner = outer + unit;
  const json = JSON.stringify(value, null, unit).replaceAll("\n", `${eol}${inner}`);
  const added = key === undefined ? json : `${JSON.stringify(key)}: ${json}`;
  const last = parent.children?.at(-1);
  if (last !== undefined) return insert(text, endOf(last), `,${eol}${inner}${added}`);
  return insert(text, parent.offset + 1, `${eol}${inner}${added}${eol}${outer}`);
}

/** Removes the list entry or the object key at a path. Comments beside it stay. */
export function removeValue(text: string, path: Path): string {
  const found = nodeAt(text, path);
  const child = found?.parent?.type === "property" ? found.parent : found;
  const parent = child?.parent;
  if (child === undefined || parent === undefined) return text;
  const siblings = parent.children ?? [];
  const at = siblings.indexOf(child);
  const [before, after] = [siblings[at - 1], siblings[at + 1]];
  if (before !== undefined) return cut(text, endOf(before), child.offset, endOf(child), "before");
  if (after !== undefined) return cut(text, endOf(child), after.offset, child.offset, "after");
  const end = endOf(parent) - 1;
  const isAlone =
    text.slice(parent.offset + 1, child.offset).trim() + text.slice(endOf(child), end).trim() === "";
  return isAlone
    ? text.slice(0, parent.offset + 1) + text.slice(end)
    : text.slice(0, child.offset) + text.slice(endOf(child));
}

/** Removes a child with the comma on one side: everything between the child and its neighbour, or only the comma. */
function cut(text: string, start: number, end: number, other: number, side: "before" | "after"): string {
  const between = text.slice(start, end);
  const rest = /^\s*,\s*$/.test(between) ? "" : between.replace(COMMA, "$1");
  return side === "before"
    ? text.slice(0, start) + rest + text.slice(other)
    : text.slice(0, other) + rest + text.slice(end);
}

/** The first comma outside comments. */
const COMMA = /^((?:\s|\/\/[^\n]*\n|\/\*(?:[^*]|\*(?!\/))*\*\/)*),/;

function nodeAt(text: string, path: Path): Node | undefined {
  let node = parseTree(text);
  for (const step of path)
    node =
      typeof step === "number"
        ? node?.children?.[step]
        : node?.children?.find((property) => property.children?.[0]?.value === step)?.children?.[1];
  return node;
}

function endOf({ offset, length }: Node): number {
  return offset + length;
}

function insert(text: string, at: number, added: string): string {
  return text.slice(0, at) + added + text.slice(at);
}

/** The indentation of the line that contains an offset. */
function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

/** The indentation unit and the line ending of the text. */
function styleOf(text: string): { unit: string; eol: string } {
  return {
    unit: /^([ \t]+)\S/m.exec(text)?.[1]?.slice(0, 10) ?? "  ",
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
}
