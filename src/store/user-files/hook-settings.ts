import { parse } from "jsonc-parser";
import { isOurHook, type ToolHooks } from "../../domain/coding-tools/hook-entries.ts";
import { addValue, removeValue } from "./json-edit.ts";
import {
  behindMark,
  checked,
  hasComments,
  isObject,
  isSame,
  read,
  unusable,
  type Value,
  withoutMark,
} from "./settings-text.ts";

/**
 * Adds our hooks to a tool's settings and leaves every other byte unchanged. The text may be empty, and may have
 * comments where the tool takes them. Throws HiveError when it does not parse, or its hooks have the wrong type.
 */
export function withHooks(path: string, text: string, hooks: ToolHooks): string {
  return behindMark(text, (plain) => addHooks(path, plain, hooks));
}

function addHooks(path: string, text: string, hooks: ToolHooks): string {
  if (isIgnored(text, hooks)) throw unusable(path, "has comments, so the tool ignores all of it");
  const { root, events } = hooks;
  const start = text.trim() === "" ? "{}\n" : removeHooks(path, text);
  const before = read(path, start);
  let merged = start;
  for (const [key, value] of Object.entries(root))
    if (before[key] === undefined) merged = addValue(merged, [], value, key);
  if (before.hooks === undefined) merged = addValue(merged, [], {}, "hooks");
  for (const [event, entry] of Object.entries(events))
    merged =
      hooksIn(read(path, merged))[event] === undefined
        ? addValue(merged, ["hooks"], [entry], event)
        : addValue(merged, ["hooks", event], entry);
  return checked(path, merged, expected(before, { root, events }));
}

/** Removes our hooks from the settings, and what is empty without them. Throws HiveError as `withHooks` does. */
export function withoutHooks(path: string, text: string): string {
  return behindMark(text, (plain) => removeHooks(path, plain));
}

function removeHooks(path: string, text: string): string {
  if (text.trim() === "") return text;
  let left = text;
  for (const [event, entries] of Object.entries(hooksIn(check(path, read(path, text))))) {
    // Goes backwards, so that the indexes of the other entries stay valid.
    for (let at = (entries as unknown[]).length - 1; at >= 0; at--)
      left = withoutEntry(left, ["hooks", event, at], (entries as unknown[])[at]);
    const rest = hooksIn(read(path, left))[event] as unknown[];
    if (rest.length === 0 && (entries as unknown[]).length > 0) left = removeValue(left, ["hooks", event]);
  }
  const hasEmptied = left !== text && Object.keys(hooksIn(read(path, left))).length === 0;
  return hasEmptied ? removeValue(left, ["hooks"]) : left;
}

/** Whether settings have exactly our hooks of this version, each once, and none of another version. */
export function hasHooks(path: string, text: string, hooks: ToolHooks): boolean {
  const settings = check(path, read(path, text));
  if (isIgnored(text, hooks)) return false;
  const entriesOf = (event: string) => (hooksIn(settings)[event] ?? []) as unknown[];
  const ours = Object.keys(hooksIn(settings)).flatMap(entriesOf).filter(hasOurHook);
  const meant = Object.entries(hooks.events);
  return (
    ours.length === meant.length &&
    meant.every(([event, entry]) => entriesOf(event).some((each) => isSame(each, entry)))
  );
}

/** Whether settings turn off all hooks of their tool. */
export function turnsOffHooks(text: string, { off }: ToolHooks): boolean {
  const value: unknown = off?.path.reduce(valueIn, parse(withoutMark(text)));
  return off !== undefined && value === off.value;
}

function valueIn(value: unknown, key: string): unknown {
  return isObject(value) ? value[key] : undefined;
}

/** Whether a tool ignores the settings because they have comments. */
function isIgnored(text: string, { isPlainJson }: ToolHooks): boolean {
  return isPlainJson === true && hasComments(text);
}

function hasOurHook(entry: unknown): boolean {
  return isOurHook(entry) || hooksOf(entry)?.some(isOurHook) === true;
}

function withoutEntry(text: string, path: (string | number)[], entry: unknown): string {
  if (isOurHook(entry)) return removeValue(text, path);
  const hooks = hooksOf(entry);
  if (hooks === undefined || !hooks.some(isOurHook)) return text;
  if (hooks.every(isOurHook)) return removeValue(text, path);
  return hooks.reduceRight<string>(
    (left, hook, at) => (isOurHook(hook) ? removeValue(left, [...path, "hooks", at]) : left),
    text,
  );
}

/** The hooks of a group of hooks. */
function hooksOf(entry: unknown): readonly unknown[] | undefined {
  const { hooks } = (typeof entry === "object" && entry !== null ? entry : {}) as { hooks?: unknown };
  return Array.isArray(hooks) ? hooks : undefined;
}

/** Returns the settings after checking that their hooks have the right types. Throws HiveError. */
function check(path: string, settings: Value): Value {
  const { hooks = {} } = settings;
  if (!isObject(hooks)) throw unusable(path, 'has "hooks" that is not an object');
  const odd = Object.entries(hooks).find(([, entries]) => !Array.isArray(entries));
  if (odd && odd[0] !== "enabled" && odd[0] !== "disabled")
    throw unusable(path, `has "hooks.${odd[0]}" that is not a list`);
  return settings;
}

function hooksIn({ hooks }: Value): Value {
  return isObject(hooks)
    ? Object.fromEntries(Object.entries(hooks).filter(([, each]) => Array.isArray(each)))
    : {};
}

/** The settings as they must be in the end, computed on the values alone. */
function expected(before: Value, { root, events }: ToolHooks): Value {
  const hooks: Record<string, unknown> = isObject(before.hooks) ? { ...before.hooks } : {};
  for (const [event, entry] of Object.entries(events)) {
    const entries: unknown = hooks[event];
    hooks[event] = [...(Array.isArray(entries) ? entries : []), entry];
  }
  return { ...root, ...before, hooks };
}
