import { putJson } from "../decision.ts";
import { REGISTRY_PATH } from "../hub/layout.ts";
import { inOrderOf } from "../values/order.ts";
import { Registry } from "./session.ts";

/** The base when neither side had a registry. */
const EMPTY_REGISTRY = '{"registry_version":"1.0","sessions":{}}';

/**
 * Merges two registries with a common base, as texts. Undefined when one of them is invalid. A value that one side
 * changed comes from that side; a value that both changed comes from the side generated last. For two generated
 * registries, the result is the registry of the merged profiles, unless both sides removed sessions.
 */
export function mergeRegistry(base: string, ours: string, theirs: string): string | undefined {
  const before = parseRegistry(base === "" ? EMPTY_REGISTRY : base);
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

/** Whether the left registry was generated last. A tie is decided by the texts, so that both merge directions agree. */
function isLater(left: Registry, right: Registry): boolean {
  const difference = millisecondsOf(left.last_updated) - millisecondsOf(right.last_updated);
  return difference === 0 || Number.isNaN(difference)
    ? JSON.stringify(left) > JSON.stringify(right)
    : difference > 0;
}

/** The later instant of the two sides; a side that still has the base's instant does not count. */
function mergeInstants(base: string | undefined, ours: string | undefined, theirs: string | undefined) {
  if (ours === base) return theirs;
  if (theirs === base) return ours;
  return millisecondsOf(ours) < millisecondsOf(theirs) ? theirs : ours;
}

function millisecondsOf(instant: string | undefined): number {
  return instant === undefined ? Number.NEGATIVE_INFINITY : Date.parse(instant);
}

/** Merges key by key, as deep as both sides are objects. `undefined` is a missing key; a change wins over a removal. */
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
