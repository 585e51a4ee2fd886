import { putJson } from "../decision.ts";
import { REGISTRY_PATH } from "../hub/layout.ts";
import { inOrderOf } from "../values/order.ts";
import { Registry } from "./session.ts";

/** What stands for a registry that was not there. */
const NONE = '{"registry_version":"1.0","sessions":{}}';

/**
 * Two registries that came of one, as texts: what one side changed is taken from it, of what both changed the side
 * that was generated last. Of two generated ones it is what the merged profiles would generate, as long as not both
 * sides removed sessions. Undefined where one of them cannot be read.
 */
export function mergeRegistry(base: string, ours: string, theirs: string): string | undefined {
  const before = parseRegistry(base === "" ? NONE : base);
  const [left, right] = [parseRegistry(ours), parseRegistry(theirs)];
  if (!before || !left || !right) return undefined;
  const merged = Registry.parse(mergeValues(before, left, right, isLater(left, right)));
  const { registry_version, last_updated: _, sessions, ...kept } = merged;
  const sorted = Object.entries(sessions).sort(inOrderOf(([name]) => name));
  const last_updated = mergeInstants(before.last_updated, left.last_updated, right.last_updated);
  const registry = { registry_version, last_updated, sessions: Object.fromEntries(sorted), ...kept };
  return putJson(REGISTRY_PATH, registry).text;
}

function parseRegistry(text: string): Registry | undefined {
  try {
    return Registry.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Whether the left one was generated last; of two of the same second, an order that does not depend on the side. */
function isLater(left: Registry, right: Registry): boolean {
  const difference = millisecondsOf(left.last_updated) - millisecondsOf(right.last_updated);
  return difference === 0 || Number.isNaN(difference)
    ? JSON.stringify(left) > JSON.stringify(right)
    : difference > 0;
}

/** When the newest profile of both sides changed; a side that did not change it says nothing about it. */
function mergeInstants(base: string | undefined, ours: string | undefined, theirs: string | undefined) {
  if (ours === base) return theirs;
  if (theirs === base) return ours;
  return millisecondsOf(ours) < millisecondsOf(theirs) ? theirs : ours;
}

function millisecondsOf(instant: string | undefined): number {
  return instant === undefined ? Number.NEGATIVE_INFINITY : Date.parse(instant);
}

/** Key by key, as deep as both sides have keys. `undefined` is what is not there; a change outlives a removal. */
function mergeValues(base: unknown, ours: unknown, theirs: unknown, isOursLater: boolean): unknown {
  if (isSame(ours, theirs) || isSame(base, theirs)) return ours;
  if (isSame(base, ours)) return theirs;
  if (isObject(ours) && isObject(theirs)) {
    const before = isObject(base) ? base : {};
    const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])];
    const entries = keys.map((key) => [
      key,
      mergeValues(own(before, key), own(ours, key), own(theirs, key), isOursLater),
    ]);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }
  if (ours === undefined || theirs === undefined) return ours ?? theirs;
  return isOursLater ? ours : theirs;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function own(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
