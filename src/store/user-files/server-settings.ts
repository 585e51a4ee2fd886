import type { ToolServer } from "../../domain/coding-tools/event.ts";
import { addValue, removeValue } from "./json-edit.ts";
import { BYTE_ORDER_MARK, checked, isObject, isSame, read, withoutMark } from "./settings-text.ts";

/**
 * Adds our server to a tool's configuration, unless the user named one alike, and leaves every other byte unchanged.
 * Throws HiveError where the text does not parse.
 */
export function withServer(path: string, text: string, server: ToolServer): string {
  if (hasServer(path, text, server)) return text;
  if (withoutMark(text).trim() === "")
    return `${JSON.stringify({ ...server.root, [server.path[0]]: { [server.path[1]]: server.value } }, null, 2)}\n`;
  const [mark, plain] = apart(text);
  const before = read(path, plain);
  const [table, name] = server.path;
  const servers = before[table];
  const opened = servers === undefined ? addValue(plain, [], {}, table) : plain;
  const meant = { ...before, [table]: { ...(isObject(servers) ? servers : {}), [name]: server.value } };
  return mark + checked(path, addValue(opened, [table], server.value, name), meant);
}

/** Removes our server, if it is as we added it, and what is empty without it. */
export function withoutServer(path: string, text: string, { path: at, value }: ToolServer): string {
  const [mark, plain] = apart(text);
  if (plain.trim() === "" || !isSame(valueAt(path, plain, at), value)) return text;
  const left = removeValue(plain, [...at]);
  const rest = read(path, left)[at[0]];
  return mark + (isObject(rest) && Object.keys(rest).length === 0 ? removeValue(left, [at[0]]) : left);
}

/** Whether a server of this name is in the configuration: ours, or one that the user named so. */
export function hasServer(path: string, text: string, { path: at }: ToolServer): boolean {
  const [, plain] = apart(text);
  return plain.trim() !== "" && valueAt(path, plain, at) !== undefined;
}

/** Whether the configuration has nothing that the user would miss. */
export function isBlankServer(path: string, text: string, { root }: ToolServer): boolean {
  return (
    Object.entries(read(path, text)).every(([key, value]) => isSame(value, root[key])) &&
    !/\/[/*]/.test(text.replaceAll("://", ""))
  );
}

function valueAt(path: string, text: string, [table, name]: ToolServer["path"]): unknown {
  const servers = read(path, text)[table];
  return isObject(servers) ? servers[name] : undefined;
}

function apart(text: string): readonly [mark: string, rest: string] {
  return [text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "", withoutMark(text)];
}
