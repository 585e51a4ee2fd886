import type { Message } from "../../domain/messages/message.ts";
import { compareTexts } from "../../domain/values/order.ts";
import type { Urgency } from "../../domain/values/urgency.ts";

interface RestView {
  readonly count: number;
  readonly by: readonly { readonly from: string; readonly priority: Urgency; readonly count: number }[];
}

/** Counts the messages that were not shown by sender and priority, the largest group first. */
export function countRest(rest: readonly Message[]): RestView {
  const groups = new Map<string, { from: string; priority: Urgency; count: number }>();
  for (const { from, priority } of rest) {
    const key = `${from} ${priority}`;
    const group = groups.get(key) ?? { from, priority, count: 0 };
    groups.set(key, { ...group, count: group.count + 1 });
  }
  const by = [...groups.values()].sort((a, b) => b.count - a.count || compareTexts(a.from, b.from));
  return { count: rest.length, by };
}

const MAX_NAMED = 5;

/** Renders `and 7 more: 5 from session-3, 2 from session-4; 2 urgent` and the command that shows them; nothing without a rest. */
export function renderRest(rest: readonly Message[], total: number): string[] {
  if (rest.length === 0) return [];
  const senders = tally(rest.map(({ from }) => from));
  const others = senders.slice(MAX_NAMED);
  const left = others.reduce((sum, [, count]) => sum + count, 0);
  const named = senders.slice(0, MAX_NAMED).map(([from, count]) => `${count} from ${from}`);
  const unnamed = others.length > 0 ? [`${left} from ${others.length} others`] : [];
  const priorities = tally(rest.map(({ priority }) => priority)).filter(([each]) => each !== "normal");
  const urgent =
    priorities.length > 0 ? `; ${priorities.map(([each, count]) => `${count} ${each}`).join(", ")}` : "";
  const bytes = rest.reduce((sum, { body }) => sum + Buffer.byteLength(body) + 200, 0);
  return [
    `and ${rest.length} more: ${[...named, ...unnamed].join(", ")}${urgent}`,
    `See them: hive inbox --limit ${total} --budget ${budgetFor(bytes)}`,
  ];
}

/** Names the first ids of things that are not shown, and counts the others. */
export function nameSome(ids: readonly string[]): string {
  const more = ids.length - MAX_IDS;
  const named = ids.slice(0, MAX_IDS).join(", ");
  return more > 0 ? `${named} and ${more} more` : named;
}

const MAX_IDS = 10;

/** A budget in whole thousands in which so many bytes fit, with room for the lines around them. */
export function budgetFor(bytes: number): number {
  return Math.min(999_999, Math.ceil((bytes + 2000) / 1000) * 1000);
}

/** Counts each word, the most frequent first. */
function tally(words: readonly string[]): [word: string, count: number][] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || compareTexts(a, b));
}
