import type { ToolServer } from "../../domain/coding-tools/event.ts";
import { addValue, removeValue } from "./json-edit.ts";
import { behindMark, checked, isObject, isSame, read, withoutMark } from "./settings-text.ts";

/**
 * Adds our server to a tool's configuration, unless the user named one alike, and leaves every other byte unchanged.
 * Throws HiveError where the text does not parse.
 */
export function withServer(path: string, text: string, server: ToolServer): string {
  if (hasServer(path, text, server)) return text;
  if (withoutMark(text).trim() === "")
    return `${JSON.stringify({ ...server.root, [server.path[0]]: { [server.path[1]]: server.value } }, null, 2)}\n`;
  return behindMark(text, (plain) => addServer(path, plain, server));
}

function addServer(path: string, plain: string, server: ToolServer): string {
  const before = read(path, plain);
  const [table, name] = server.path;
  const servers = before[table];
  const opened = servers === undefined ? addValue(plain, [], {}, table) : plain;
  const meant = { ...before, [table]: { ...(isObject(servers) ? servers : {}), [name]: server.value } };
  return checked(path, addValue(opened, [table], server.value, name), meant);
}

/** Removes our server, if it is as we added it, and what is empty without it. */
export function withoutServer(path: string, text: string, { path: at, value }: ToolServer): string {
  return behindMark(text, (plain) => {
    if (plain.trim() === "" || !isSame(valueAt(path, plain, at), value)) return plain;
    const left = removeValue(plain, [...at]);
    const rest = read(path, left)[at[0]];
    return isObject(rest) && Object.keys(rest).length === 0 ? removeValue(left, [at[0]]) : left;
  });
}

/** Whether a server of this name is in the configuration: ours, or one that the user named so. */
export function hasServer(path: string, text: string, { path: at }: ToolServer): boolean {
  const plain = withoutMark(text);
  return plain.trim() !== "" && valueAt(path, plain, at) !== undefined;
}

function valueAt(path: string, text: string, [table, name]: ToolServer["path"]): unknown {
  const servers = read(path, text)[table];
  return isObject(servers) ? servers[name] : undefined;
}
